# What has happened: a message for each kind of event (`.` as `-`).

event-calendar-calendar_set = calendar set

event-registry-government_registered = body entered in the register
event-registry-population_recorded = population recorded
event-registry-appointed = official appointed
event-registry-appointment_ended = appointment ended
event-registry-key_registered = key registered
event-registry-key_revoked = key revoked
event-registry-key_used = key used
event-registry-mandate_granted = mandate granted
event-registry-mandate_revoked = mandate revoked

event-negotiation-case_opened = case opened
event-negotiation-invited = body invited
event-negotiation-joined = joined as a party
event-negotiation-declined = invitation declined
event-negotiation-left = left the case
event-negotiation-agenda_set = agenda of a round set
event-negotiation-fact_stated = fact stated
event-negotiation-position_taken = position on a fact taken
event-negotiation-information_requested = information requested
event-negotiation-information_answered = information given
event-negotiation-information_lacking = information not held by whom it was asked
event-negotiation-term_defined = term defined
event-negotiation-clause_added = clause added
event-negotiation-wording_proposed = other wording proposed
event-negotiation-wording_supported = wording supported
event-negotiation-clause_reserved = clause reserved
event-negotiation-clause_commented = comment on a clause
event-negotiation-offer_drafted = offer drafted
event-negotiation-sounding_made = sounded out in confidence
event-negotiation-sounding_answered = sounding answered
event-negotiation-sounding_withdrawn = sounding withdrawn
event-negotiation-offer_tabled = offer tabled
event-negotiation-offer_accepted = offer accepted
event-negotiation-offer_agreed = offer agreed by all
event-negotiation-offer_sent_back = offer sent back
event-negotiation-offer_withdrawn = offer withdrawn
event-negotiation-offer_lapsed = offer lapsed
event-negotiation-settlement_entered = settlement entered as an agreed offer
event-negotiation-initialled = text initialled
event-negotiation-text_frozen = text frozen
event-negotiation-text_reopened = text opened again
event-negotiation-publication_agreed = publication agreed to
event-negotiation-agreement_published = agreement made public

event-allocation-computed = shares computed
event-allocation-run_tabled = computation of shares tabled
event-allocation-work_asked = computation asked for
event-allocation-studied = question about shares answered
event-allocation-work_failed = computation without a result
event-allocation-work_cancelled = computation called off
event-allocation-study_tabled = answer to a question about shares tabled
event-allocation-stand_taken = position on a figure taken

event-authority-function_set = function placed in the matrix
event-authority-function_removed = function taken out of the matrix
event-authority-finding_allowed = gap or overlap allowed, with a reason
event-authority-rechecked = matrix looked at again

event-approvals-condition_decided = whether a step applies decided
event-approvals-step_recorded = step recorded
event-approvals-sign_off_recorded = internal sign-off recorded
event-approvals-clock_started = time of a step begun
event-approvals-step_lapsed = time of a step over
event-approvals-passed_amended = passed by the council with amendments
event-approvals-signing_opened = signing opened
event-approvals-signatures_noted = signatures complete: signing step done
event-approvals-entered_into_force = entered into force

event-signing-order_set = order of signatures set
event-signing-signed = signed
event-signing-paper_attested = signatures on paper attested
event-signing-completed = signed by all
event-signing-marked_in_doubt = signature marked in doubt: its key was compromised

event-mediation-dispute_opened = dispute opened
event-mediation-facilitator_proposed = facilitator proposed
event-mediation-facilitator_accepted = facilitator accepted
event-mediation-note_sent = note in caucus
event-mediation-proposal_delivered = proposal delivered in caucus
event-mediation-proposal_put = facilitator's proposal put
event-mediation-proposal_answered = proposal answered in secret
event-mediation-proposal_failed = proposal failed
event-mediation-settled = dispute settled
event-mediation-dispute_closed = dispute closed
