# What has happened, as a sentence: a message for each kind of event (`said-<family>-<kind>`), and the parts of such sentences. `who` is the body
# that acted, or the platform.

said-calendar-calendar_set = The calendar was set to { $day }

said-registry-government_registered = { $government } ({ $rank }) was entered in the register
said-registry-population_recorded = Population recorded for { $year }: { $persons } (source: { $source })
said-registry-appointed = Appointed as { $as } of { $government } from { $from }
said-registry-appointment_ended = Appointment as { $as } of { $government } ends on { $day }
said-registry-key_registered = Signing key { $key } was registered
said-registry-key_revoked = Signing key { $key } was revoked{ $manner ->
    [compromised] , because it has been compromised since { $day }
   *[plain] {""}
}
said-registry-key_used = Signing key { $key } signed on { $day }
said-registry-mandate_granted = { $who } gave { $person } a mandate until { $day }: { $scope }{ $bounds }; basis: { $basis }
said-registry-mandate_revoked = { $who } took back mandate { $mandate }

said-negotiation-case_opened = { $who } opened the case “{ $title }” as { $form } (rounds: { $rounds })
said-negotiation-invited = { $who } invited { $government }
said-negotiation-joined = { $who } joined as a party
said-negotiation-declined = { $who } declined the invitation
said-negotiation-left = { $who } left the case
said-negotiation-agenda_set = { $who } set the agenda of round { $round } ({ $count ->
    [one] 1 item
   *[other] { $count } items
}) { $meeting }
said-negotiation-fact_stated = { $who } put a figure on record: “{ $fact }” = { $value } (estimated by { $source }, { $day })
said-negotiation-position_taken = { $who } on the figure “{ $fact }”: { $position }
said-negotiation-information_requested = { $who } asked { $to } for information, request { $request }{ $until }
said-negotiation-information_answered = { $who } answered information request { $request }
said-negotiation-information_lacking = { $who } answered information request { $request }: it does not have the information
said-negotiation-term_defined = { $who } defined the term “{ $term }”
said-negotiation-clause_added = { $who } added the clause “{ $clause }”: “{ $wording }”
said-negotiation-wording_proposed = { $who } proposed another wording of “{ $clause }”: “{ $wording }”
said-negotiation-wording_supported = { $who } stands behind a wording of “{ $clause }”
said-negotiation-clause_reserved = { $who } reserved its position on “{ $clause }”
said-negotiation-clause_commented = { $who } commented on “{ $clause }”
said-negotiation-offer_drafted = { $who } drafted the offer “{ $draft }”: { $package }
said-negotiation-sounding_made = { $who } sounded { $to } out in confidence, sounding { $sounding }: { $package }{ $text }
said-negotiation-sounding_answered = { $who } answered sounding { $sounding }: { $text }
said-negotiation-sounding_withdrawn = { $who } took back sounding { $sounding }
said-negotiation-offer_tabled = { $who } { $manner ->
    [counters] answered offer { $before } with counter-offer { $offer }
    [improves] improved offer { $before } with offer { $offer }
   *[opens] tabled offer { $offer }
} to { $to }{ $until }: { $package }
said-negotiation-offer_accepted = { $who } accepted offer { $offer }
said-negotiation-offer_agreed = Offer { $offer } is agreed: all who were asked have accepted it
said-negotiation-offer_sent_back = { $who } sent offer { $offer } back
said-negotiation-offer_withdrawn = { $who } withdrew offer { $offer }
said-negotiation-offer_lapsed = The time for offer { $offer } passed
said-negotiation-settlement_entered = The settlement of dispute { $dispute } came back as agreed offer { $offer }: { $package }
said-negotiation-initialled = { $who } initialled the text (digest { $digest })
said-negotiation-text_frozen = All parties have initialled: the text is frozen (digest { $digest })
said-negotiation-publication_agreed = { $who } agreed to make public of the agreement: { $parts }
said-negotiation-agreement_published = All parties have agreed: the agreement is public ({ $parts })
said-negotiation-text_reopened = The text was opened again, because of { $government }

said-allocation-computed = { $who } computed the shares “{ $run }” in private: { $shares }
said-allocation-run_tabled = { $who } tabled the computation “{ $run }”: { $shares }
said-allocation-work_asked = { $who } asked for “{ $run }” to be computed: { $question }
said-allocation-studied = A question about shares was answered (“{ $run }”): { $question }
said-allocation-work_failed = The computation “{ $run }” has no result: { $reason }
said-allocation-work_cancelled = { $who } called the computation “{ $run }” off
said-allocation-study_tabled = { $who } tabled the answer to a question about shares (“{ $run }”): { $question }
said-allocation-stand_taken = { $who } on { $figure }: { $position }

said-authority-function_set = { $who } placed “{ $function }” in the authority matrix: { $holders } (open findings: { $open })
said-authority-function_removed = { $who } took “{ $function }” out of the authority matrix (open findings: { $open })
said-authority-finding_allowed = { $who } recorded why a finding may stay: { $finding } (open findings: { $open })
said-authority-rechecked = The authority matrix was looked at again after parties changed (open findings: { $open })

said-approvals-condition_decided = { $who } decided on “{ $step }”: { $outcome ->
    [applies] the step applies
   *[not] the step does not apply
}
said-approvals-step_recorded = { $who } recorded “{ $step }”: { $done }, on { $day }{ $extent ->
    [all] {" — step complete"}
   *[some] {""}
}
said-approvals-sign_off_recorded = { $who } recorded its internal sign-off for “{ $step }”: no. { $number }, decided by { $person } on { $day }
said-approvals-clock_started = The time of “{ $step }” runs from { $from } to { $day }
said-approvals-step_lapsed = The time of “{ $step }” passed in silence: { $outcome ->
    [yes] the law takes that as the end of the step
    [no] the law takes that as a no
   *[nothing] it means nothing
}
said-approvals-passed_amended = The council of { $government } passed the text amended: the old text does not count any more
said-approvals-signing_opened = All approvals are there: signing is open (digest { $digest })
said-approvals-signatures_noted = All signatures are there, the last of { $day }
said-approvals-entered_into_force = The agreement entered into force on { $day } (digest { $digest })

said-signing-order_set = { $who } set the order of signatures: { $parties }
said-signing-signed = { $who } signed: { $person } with key { $key } (digest { $digest })
said-signing-paper_attested = { $who } ({ $person }) attested the paper signed on { $day }: { $people }{ $extent ->
    [all] {" — attested twice, so the signatures count"}
   *[some] {" — a second clerk must attest it"}
}
said-signing-completed = Every party has signed (digest { $digest })
said-signing-marked_in_doubt = The signature of { $person } for { $government } is in doubt: key { $key } has been compromised since { $day }

said-mediation-dispute_opened = { $who } opened dispute { $dispute } “{ $title }” on { $terms }; parties: { $parties }{ $until }
said-mediation-facilitator_proposed = { $who } proposed { $facilitator } as facilitator of dispute { $dispute }
said-mediation-facilitator_accepted = { $who } accepted { $facilitator } as facilitator of dispute { $dispute }{ $extent ->
    [all] {" — all parties to it have"}
   *[some] {""}
}
said-mediation-note_sent = { $who } wrote in caucus about dispute { $dispute }: “{ $note }”
said-mediation-proposal_delivered = { $who } delivered proposal { $proposal } on dispute { $dispute } in caucus: { $package }
said-mediation-proposal_put = { $who } put proposal { $proposal } on dispute { $dispute } to the parties, to be answered in secret{ $until }
said-mediation-proposal_answered = { $who } answered proposal { $proposal } on dispute { $dispute } in secret: { $reply ->
    [yes] yes
   *[no] no
}
said-mediation-proposal_failed = Proposal { $proposal } on dispute { $dispute } was not accepted by all; who said what stays secret
said-mediation-settled = All accepted proposal { $proposal }: dispute { $dispute } is settled with { $package }
said-mediation-dispute_closed = Dispute { $dispute } is closed: { $manner ->
    [settled] settled
   *[taken_back] taken back
}

## Parts of sentences

said-and_more = { $named } and { $more } more
said-until = {""} (by { $day })
said-wording_of = wording of “{ $name }”
said-with_allocation = a computation of shares
said-stand-accepts = accepts it
said-stand-disputes = disputes it
said-stand-disputes_own = disputes it; its own figure: { $value }
said-stand-no_data = has no data
said-question-run = shares by a model
said-question-what_if = what if
said-question-search = by which rules { $government } bears { $most } at most
said-question-ranges = how far shares move with the disputed figures
said-question-comparison = rules side by side
said-question-settlement = actual cost against the rule
said-question-accession = the price of accession
said-question-exit = the settlement at an exit
said-figure-driver = the figure “{ $driver }” of { $government }
said-figure-cost = the cost of “{ $component }”
said-figure-coalition = what { $members } would pay alone for “{ $component }”
said-power-decide = decides
said-power-fund = funds
said-power-operate = operates
said-power-be_consulted = is consulted
said-issue-gap = nobody who { $power }
said-issue-overlap = more than one who { $power }: { $bodies }
said-issue-no_basis = no legal basis: { $bodies } { $power }
said-issue-unheard = affected and not heard: { $bodies }
said-issue-holder_is_no_party = no party: { $bodies }
said-done-proposed = proposed
said-done-consulted = { $with } consulted, agreed
said-done-consulted_no = { $with } consulted, did not agree
said-done-drafted = drafted
said-done-signed = signed by { $people }
said-done-higher = approved by { $government }
said-done-higher_no = not approved by { $government }
said-done-published = published ({ $notice })
said-done-reported = reported to { $with }
said-done-registered = registered (no. { $number })
said-council-passed = passed by the council
said-council-passed_amended = passed by the council amended
said-council-rejected = rejected by the council
said-council-deferred = deferred by the council
said-council-withdrawn = withdrawn from the council
said-council-lapsed_with_term = lapsed with the council’s term
said-council-votes = ; { $ayes } for, { $noes } against, { $abstained } abstained
said-part-always = title, parties, day and digests
said-part-terms = agreed values
said-part-wording = wording
said-scope-all = all terms
said-bounds-both = { $term } { $floor } to { $ceiling }
said-bounds-floor = { $term } at least { $floor }
said-bounds-ceiling = { $term } at most { $ceiling }

## Who, why, and what a rule learned

said-official = { $body } · { $as } ({ $person })
said-platform = The platform by itself ({ $service })
said-ground-standing_delegation = by standing delegation{ $holder ->
    [none] {""}
   *[other] {" "}of { $holder }
}
said-ground-in_absence = in the absence of { $holder }
said-ground-temporary = appointed for the time being in place of { $holder }
said-ground-by_law = acting by law in place of { $holder }
said-cause-entry = follows from entry { $position }
said-cause-due = the date named in entry { $position } had passed
said-cause-asked = what entry { $position } asked for was computed
said-finding-mandate = The body’s own mandate: { $verdict }
said-finding-answers_open = Answers to the proposal: not all are in
said-finding-answers_all = Answers to the proposal: all accept
said-finding-answers_not_all = Answers to the proposal: not all accept
said-finding-delivered = The same proposal is in the hands of: { $to }
said-finding-computed = Computed by { $solver }; anyone can compute it again
solver-exact = exact arithmetic
solver-sampled = a sample for the Shapley value (pairs of orders: { $pairs })
solver-program = the program { $name }
said-finding-answered = Answered by the laboratory; anyone can compute it again
service-registry = register
service-negotiation = negotiation
service-allocation = allocation
service-authority = authority
service-approvals = approvals
service-signing = signing
service-mediation = mediation
service-notifications = deadlines
service-ledger = record
service-gateway = entrance
