# Refusals and failures: what was wrong, and what to do next. A message stands for each code, `.` written as `-`; its parameters are the variables.

## Who may do what

access-no_appointment = You hold none of these roles for { $government }: { $needed }.
    .next = Ask an administrator to record your appointment, or leave this to a colleague who holds the role.
access-service_only = Nobody does this by hand: the platform records it when its time has come.
    .next = There is nothing for you to do.
access-not_this_service = This part of the platform may not do that.
    .next = Tell the operator of the platform: something is set up wrongly.
access-no_such_case = There is no such case among yours.
    .next = Check the address. If your body should take part, ask whoever opened the case for an invitation.
access-not_a_party = { $government } is no party of this case.
    .next = Only parties act here. If yours should be one, ask whoever opened the case for an invitation.
access-not_yours = This is for { $owner } alone.
    .next = Ask { $owner } what it is willing to show you.
access-wrong_target = This does not go to this address.
    .next = Send it to the case, government or official that it is about.

## Calendar

calendar-production_ledger = This is a production ledger: it runs on the real calendar.
    .next = Set the date on a demo ledger only.
calendar-backward = The calendar only moves forward, and it stands at { $now }.
    .next = Choose a later time.
calendar-too_far = The calendar ends at { $latest }.
    .next = Choose an earlier time.

## Register

registry-already_registered = { $government } is in the register already.
    .next = Look it up there, or choose another name for the body you mean.
registry-unknown_government = { $government } is not in the register of governments.
    .next = Check the name, or ask an administrator to enter the body.
registry-unknown_zone = “{ $zone }” is not a time zone.
    .next = Use a name of the IANA database, such as Asia/Seoul.
registry-empty = “{ $field }” is empty.
    .next = Fill it in.
registry-year_taken = A population for { $year } is on record already.
    .next = Record the figure of another year. What is on record stays.
registry-ground_mismatch = The ground of acting and the holder of the office do not fit together.
    .next = Name the holder if the official acts for someone else, and nobody if the office is the official’s own.
registry-not_a_holder = { $official } holds no office of { $government } in which someone else could act.
    .next = Name whoever holds the office, or record that appointment first.
registry-not_an_office = { $government } is not an office, and administrators serve offices only.
    .next = Appoint the administrator for the office that keeps the register.
registry-already_appointed = The official holds this role for the body on some of these days already.
    .next = Choose days after the present appointment, or end that one first.
registry-ends_before_it_begins = The last day is before the first, or has passed already.
    .next = Choose a last day from today on that is not before the first.
registry-in_the_future = “{ $field }” lies in the future.
    .next = Give a time that has come.
registry-no_such_appointment = There is no such appointment in force.
    .next = Check official, body and role.
registry-key_taken = You have registered a key “{ $key }” already.
    .next = Give the new key another name.
registry-bad_key = This is not a public key on the curve P-256.
    .next = Make a key pair with the command-line tool and send its public half.
registry-no_such_key = There is no key “{ $key }” in force.
    .next = Check the name of the key. A revoked key cannot be used again; register a new one.
registry-not_the_owner = This key belongs to someone else.
    .next = Its owner can do this. An administrator can revoke it.
registry-mandate_taken = There is a mandate { $mandate } already.
    .next = Grant the new mandate under a new id.
registry-not_the_head = Only the head of the government grants a mandate.
    .next = Ask the head to grant it, or pass on a mandate of your own that allows it.
registry-may_not_delegate = You cannot pass on the mandate { $parent }.
    .next = Ask the head for a mandate that may be passed on, or to grant this one directly.
registry-wider_than_parent = This would be wider than the mandate { $parent } from which it is passed on.
    .next = Keep scope, bounds and last day within what you hold.
registry-bounds_crossed = The lowest value for “{ $term }” is above its highest.
    .next = Put the bounds the right way round.
registry-no_such_mandate = There is no mandate { $mandate } in force.
    .next = Check the id. One that was taken back is out of force.

## Negotiation

negotiation-already_open = This case is open already.
    .next = Go on in it, or open another case under a new id.
negotiation-unknown_procedure = “{ $procedure }” is not in the register of legal forms.
    .next = Choose a form from the register.
negotiation-not_a_form = “{ $procedure }” cannot be the legal form of a case.
    .next = Choose a form that is in force. Procedures for disputes are not forms.
negotiation-not_the_coordinator = Only { $coordinator }, which opened the case, can do this.
    .next = Ask { $coordinator }.
negotiation-unknown_government = { $government } is not in the register of governments.
    .next = Check the name, or ask an administrator to enter the body.
negotiation-already_invited = { $government } is invited or a party already.
    .next = There is nothing to do.
negotiation-not_invited = There is no open invitation for { $government }.
    .next = Ask whoever opened the case for an invitation.
negotiation-text_is_frozen = The text is frozen.
    .next = It opens again only if a council passes it amended or a party leaves.
negotiation-already_signed = The agreement is signed.
    .next = From here you leave only by the exit that was agreed.
negotiation-name_taken = The name “{ $name }” is taken in this case.
    .next = Choose another name.
negotiation-empty = “{ $field }” is empty.
    .next = Fill it in.
negotiation-unchanged = “{ $name }” stands like this already.
    .next = There is nothing to do, unless you meant something else.
negotiation-not_comparable = Your figure is not of the kind or unit of “{ $fact }”.
    .next = Give it in the same unit or currency.
negotiation-unknown_fact = There is no figure “{ $fact }” in this case.
    .next = Check the name, or put the figure on record first.
negotiation-not_to_be_asked = { $government } cannot be asked for information here.
    .next = Ask another party of this case.
negotiation-undisclosed = What you say to another party is marked as for your own side alone ({ $field }).
    .next = Let at least the parties read it.
negotiation-unknown_request = There is no request { $request } in this case.
    .next = Check the number.
negotiation-not_put_to_you = Request { $request } was put to { $to }.
    .next = Only whoever was asked can answer.
negotiation-already_answered = Request { $request } is answered already.
    .next = If there is more to say, put a figure on record, or go on with another request.
negotiation-not_to_be_sounded = { $government } cannot be sounded out here.
    .next = Choose another party of this case.
negotiation-unknown_sounding = There is no sounding { $sounding } between the two of you.
    .next = Check the number and which party it was exchanged with.
negotiation-sounding_answered = Sounding { $sounding } is answered already.
    .next = If there is more to say, sound the other party out yourself or make an offer.
negotiation-sounding_withdrawn = Sounding { $sounding } was taken back.
    .next = Nothing more is needed; it stands no longer.
negotiation-unknown_term = There is no term “{ $term }” in this case.
    .next = Check the name, or define the term first.
negotiation-unknown_clause = There is no clause “{ $clause }” in this case.
    .next = Check the name, or add the clause first.
negotiation-unknown_dispute = There is no dispute { $dispute } in this case.
    .next = Look at the disputes of the case and name one of them, or write the matter as a topic.
negotiation-listed_twice = The agenda names “{ $item }” twice.
    .next = Leave one of the two out.
negotiation-round_over = Round { $round } is over: the agenda that stands is of round { $last }.
    .next = Set the agenda of round { $last } anew, or that of a later round.
negotiation-meeting_past = { $on } is past.
    .next = Name today or a day to come, or leave the meeting out.
negotiation-unknown_wording = “{ $clause }” has no such wording any more.
    .next = Look at the wordings that stand, and support one of them or propose your own.
negotiation-unknown_content = The procedure asks for no content “{ $content }”.
    .next = Choose one of the contents that the procedure names, or none.
negotiation-wrong_kind = The value is not of the kind of “{ $term }”.
    .next = Give a value of the term’s kind, in its unit or currency.
negotiation-label_without_value = The label for “{ $term }” has no value in this offer.
    .next = Give the value too, or leave the label out.
negotiation-term_in_dispute = “{ $term }” is in dispute { $dispute } and moves only by settlement.
    .next = Leave the term out, or settle the dispute first.
negotiation-unknown_allocation = There is no such allocation on the table.
    .next = Table the result in the allocation laboratory first.
negotiation-bad_deadline = The deadline has passed already, or its time zone is unknown.
    .next = Choose a day that lies ahead, in a zone such as Asia/Seoul.
negotiation-no_answer_date = A circulated draft needs a date by which to answer.
    .next = Name the date.
negotiation-bad_addressee = An offer cannot go to { $government }.
    .next = Choose other parties of this case, not your own.
negotiation-not_to_all = A circulated draft goes to all parties, and these are left out: { $missing }.
    .next = Address it to all.
negotiation-unknown_offer = There is no offer { $offer } in this case.
    .next = Check the number.
negotiation-offer_closed = Offer { $offer } is not open: { $state ->
        [open] its time has passed
        [agreed] it is agreed
        [countered] a counter-offer has taken its place
        [sent_back] it was sent back
        [withdrawn] it was withdrawn
        [improved] an improved offer has taken its place
        [lapsed] its time has passed
       *[other] { $state }
    }.
    .next = Answer the offer that stands now, or table one of your own.
negotiation-not_your_turn = It is the move of { $turn }.
    .next = Wait for their answer. An offer of your own you can improve at any time.
negotiation-not_asked = Offer { $offer } does not wait for your answer.
    .next = You have answered it, or it was put to others. Look into your inbox for what waits for you.
negotiation-own_offer = Offer { $offer } is your own.
    .next = You can improve or withdraw it. The others answer it.
negotiation-not_your_offer = Offer { $offer } is not yours.
    .next = Accept it, send it back, or make a counter-offer.
negotiation-nothing_changed = It says the same as offer { $offer }.
    .next = Change something, or accept the offer as it is.
negotiation-not_yet_lapsed = The time of offer { $offer } has not passed.
    .next = There is nothing for you to do: the platform records it when the time has come.
negotiation-no_mandate = You hold no mandate { $mandate } in this case.
    .next = Use a mandate that was granted to you for this case, or ask the head for one. Only you see this.
negotiation-mandate_expired = Your mandate expired on { $until }.
    .next = Back to the head first: ask for a new mandate. Only you see this.
negotiation-outside_mandate = Your mandate does not cover { $terms }.
    .next = Leave these terms out, or go back to the head first. Only you see this.
negotiation-above_mandate = This goes beyond your mandate in { $terms }.
    .next = Back to the head first, or stay within your mandate. Only you see this.
negotiation-broken_chain = The mandate { $link }, from which yours is passed on, does not hold any more.
    .next = Ask the head for a mandate. Only you see this.
negotiation-not_the_text = This is not the text that stands now.
    .next = Look at the text again, and initial what stands.
negotiation-no_declaration = The declaration that no side agreement exists is missing.
    .next = Make the declaration, if it is true.
negotiation-already_initialled = Your party has initialled this text.
    .next = Wait for the others.
negotiation-too_few_parties = The procedure asks for { $needed } parties; so far there are { $present }.
    .next = Wait for those invited, or have more bodies invited.
negotiation-clauses_open = These clauses are not agreed yet: { $clauses }.
    .next = Find one wording for each that all stand behind.
negotiation-terms_open = These terms have no agreed value yet: { $terms }.
    .next = Agree on them by an offer.
negotiation-contents_missing = The procedure asks for contents that no clause carries: { $contents }.
    .next = Add a clause for each.
negotiation-authority_open = Something is open in the authority matrix: { $findings }.
    .next = Put the matrix right, or have every party record why it may stay.
negotiation-dispute_open = Dispute { $dispute } is open.
    .next = Settle it or have it taken back first.
negotiation-allocation_outdated = The accepted allocation counts on bodies that are no parties: { $members }.
    .next = Compute and table the shares of the present parties, and agree on them by an offer.
negotiation-not_frozen = The text is not frozen.
    .next = It is open already.
negotiation-not_in_force = The agreement is not in force.
    .next = It can be made public from the day on which it enters into force.
negotiation-other_agreement = This is not the agreement in force.
    .next = Open the page again: it names the agreement in force.
negotiation-already_public = What is public stays public.
    .next = You can make more of the agreement public, not less.
negotiation-same_publication = Your party has said just this already.
    .next = Wait for the other parties, or choose other parts.
negotiation-not_amended = No council of { $government } has passed this text amended.
    .next = Record the council’s act in the approvals first.
negotiation-no_settlement = Dispute { $dispute } has no settlement like this that waits to be entered.
    .next = There is nothing for you to do: the platform enters settlements by itself.

## Allocation

allocation-run_taken = There is a run “{ $run }” already.
    .next = Give the new run another name.
allocation-no_such_work = Nothing named “{ $run }” is being computed.
    .next = It may be done by now: look at your own runs and studies.
allocation-unknown_run = There is no run with this result here: { $of }
    .next = Give the digest of a run of your own or of one on the table; before a study is tabled, its run must be.
allocation-too_much_asked = { $limit ->
    [one] A run or study is
   *[other] { $limit } runs and studies are
} being computed for you already.
    .next = Wait until one is done, or call one off.
allocation-members_out_of_range = Sets of at least 1 and at most { $most } members can be looked at.
    .next = Give a number in this range, or leave it out.
allocation-compute_first = This takes longer to compute than a command may.
    .next = Compute it in private, wait for the result, then table it.
allocation-position_not_taken = The model says what { $by } thinks of a figure otherwise than { $by } did.
    .next = Leave out other parties’ positions, or give those on record.
allocation-figure_not_tabled = No run on the table has this figure, or your own figure is below zero.
    .next = Take a position on a figure of a run on the table.
allocation-table_elsewhere = The costs of coalitions of “{ $component }” are in a document that is not at hand here.
    .next = Upload the table for your own body or for this case, and compute the run in the case; offline, give the costs in the model.
allocation-bad_table = The document for “{ $component }” is no table of costs of coalitions as this platform writes it.
    .next = Import the table (CSV or XLSX) and use the document that comes out.
allocation-work_broke = The computation broke off. It may use { $memory_mib } MiB.
    .next = Try with fewer members or another rule; an operator can allow more memory.
allocation-work_too_long = The computation took longer than { $minutes ->
    [one] 1 minute
   *[other] { $minutes } minutes
}.
    .next = Try with fewer members or fewer disputed figures; an operator can allow more time.
allocation-result_too_long = The result is too long to be recorded.
    .next = Ask about fewer components or members at a time.
allocation-text_is_frozen = The text is frozen.
    .next = Nothing more is tabled until it opens again. You can still compute for yourself.
allocation-empty = “{ $field }” is empty.
    .next = Fill it in.
allocation-no_components = The model has no component.
    .next = Add at least one component with its cost, members and rule.
allocation-unknown_component = The model has no component “{ $component }”.
    .next = Choose one of those it has.
allocation-no_members = “{ $component }” has no members.
    .next = Name who pays for it.
allocation-member_twice = { $member } stands twice among the members of “{ $component }”.
    .next = Name it once.
allocation-not_a_party = { $member } is to pay for “{ $component }” and is no party of this case.
    .next = Take it out, or have it invited first.
allocation-other_currency = “{ $component }” has money that is not in { $currency }: { $at }.
    .next = Give all money of this component in { $currency }.
allocation-bad_cost = An amount in “{ $component }” is below zero, too fine for its currency, or too large: { $at }.
    .next = Put the amount right.
allocation-bad_rate = The grant of “{ $from }” to “{ $component }” is not from 0 to 100 percent of the cost.
    .next = Give a rate from 0 to 100, or an amount.
allocation-grants_exceed_cost = The grants for “{ $component }” are more than its cost.
    .next = Lower the grants or correct the cost.
allocation-unknown_driver = “{ $component }” goes by “{ $driver }”, which the model does not have.
    .next = Add the driver with its figures, or choose another.
allocation-driver_gap = “{ $driver }” has no figure of zero or more for { $member }.
    .next = Add the figure.
allocation-driver_zero = “{ $driver }” is zero for every member of “{ $component }”.
    .next = Choose another driver, or share equally.
allocation-mix_not_whole = The parts of the mix in “{ $component }” must add up to 100 percent, none below zero; they add up to { $percent }.
    .next = Make them zero or more, and 100 together.
allocation-fixed_mismatch = The fixed amounts of “{ $component }” must be those of its members and add up to { $shared }.
    .next = Correct the amounts.
allocation-coalitions_missing = “{ $component }” lacks the cost for some sets of members: { $missing }.
    .next = Enter what each set would pay on its own.
allocation-bad_coalition = “{ $coalition }” is no set of members of “{ $component }”.
    .next = Write the members in the order of their names, joined by +.
allocation-grand_coalition_differs = All members of “{ $component }” together must cost what is to be shared: { $shared }.
    .next = Correct the cost of the set of all members, or the cost of the component.
allocation-too_many_members = “{ $component }” has { $members } members, and this rule is solved for up to { $limit } here.
    .next = Split the component, or choose a rule by drivers. Of 25 to 64 members the Shapley value is estimated, with a stated error.
allocation-no_exchange_rate = “{ $component }” is in { $currency }, and the model has no exchange rate above zero for it.
    .next = Add the rate with its day and source, or give the component in the model’s currency.
allocation-not_a_member = { $who } is named in “{ $component }” and is none of its members.
    .next = Add it to the members, or take it out.
allocation-pays_itself = { $who } would pay itself in “{ $component }”.
    .next = Name someone else on one side.
allocation-in_kind_exceeds_shared = What members bring to “{ $component }” in kind is worth more than what is to be shared: { $shared }.
    .next = Add its value to the cost, or lower the value.
allocation-instalments_not_whole = The instalments of “{ $component }” must add up to 100 percent, none below zero; they add up to { $percent }.
    .next = Make them zero or more, and 100 together.
allocation-limits_cannot_be_met = No shares of “{ $component }” keep within the limits and add up to { $shared }.
    .next = Raise a cap or lower a floor.
allocation-bad_exponent = The exponent of the cost curve of “{ $component }” is not above 0 and up to 2.
    .next = Below 1 a larger plant is cheaper by the unit; 0.6 to 0.9 is common.
allocation-bad_stand = { $by } takes a position on a figure that the model does not have, gives a figure below zero, or takes two on one.
    .next = Check the figure’s name, and leave one position for each.
allocation-no_solution = There is no solution for “{ $component }” by this rule: { $why }
    .next = Check the costs of the sets of members, or choose another rule.
allocation-computation_mismatch = The computation does not fit the model.
    .next = Try again. If it comes again, tell the operator.

## Authority matrix

authority-empty = “{ $field }” is empty.
    .next = Fill it in.
authority-nothing_changed = “{ $function }” stands like this already.
    .next = There is nothing to do, unless you meant something else.
authority-unknown_function = There is no function “{ $function }” in the matrix.
    .next = Check the name, or enter the function first.
authority-no_such_finding = The matrix does not have this finding, or not any more.
    .next = Look at what is open now.
authority-already_allowed = Your party has recorded already why this may stay.
    .next = Wait for the others.
authority-power_twice = { $holder } holds a power twice in “{ $function }”.
    .next = Enter it once.
authority-text_is_frozen = The text is frozen, and the authority matrix with it.
    .next = It opens again only if a council passes the text amended or a party leaves.
authority-nothing_to_recheck = What is open is on record already.
    .next = There is nothing for you to do.

## Approvals

approvals-unknown_step = The procedure has no step “{ $step }” for you.
    .next = Check the name, and whether the step is one of each party or one for all.
approvals-not_your_step = The step “{ $step }” is not yours.
    .next = Leave it to the body whose step it is.
approvals-wrong_kind = The step “{ $step }” is another act: { $kind ->
        [propose] a proposal
        [consult] a consultation
        [draft] the drafting of the text
        [council_resolution] a resolution of a council
        [higher_approval] an approval by a superior body
        [sign] a signature
        [publish] a public notice
        [report] a report
        [register] a filing or registration
       *[other] { $kind }
    }.
    .next = Record what was done as what it was.
approvals-too_early = Before “{ $step }” must come: { $missing }.
    .next = Record those first.
approvals-already_done = The step “{ $step }” is complete.
    .next = There is nothing to do.
approvals-not_applicable = It was decided that the step “{ $step }” does not apply.
    .next = If it does, decide so first, as long as nothing rests on the decision.
approvals-condition_open = It is not decided yet whether the step “{ $step }” applies.
    .next = Decide it first, with the reason.
approvals-already_decided = It is decided whether the step “{ $step }” applies, and something rests on the decision.
    .next = It cannot be changed any more.
approvals-not_conditional = The step “{ $step }” always applies.
    .next = Do it and record it.
approvals-not_frozen = The step “{ $step }” is about the frozen text, and no text is frozen.
    .next = Wait until all parties have initialled.
approvals-other_text = This is about another text than the frozen one.
    .next = Check the digest. What was approved before the text opened again does not count for the new one.
approvals-approver_is_party = { $body } is a party, and higher approval is given by a body that is none.
    .next = Name the superior body that approved.
approvals-unknown_body = { $body } is not in the register of governments.
    .next = Check the name, or ask an administrator to enter the body.
approvals-no_day = The day of the act is missing, or it has not come.
    .next = Say on which day it was done, today at the latest.
approvals-empty = “{ $field }” is empty.
    .next = Fill it in.
approvals-votes_do_not_carry = A vote of { $yes } to { $no } does not carry this result.
    .next = Check the votes and how the act ended.
approvals-arrived_before_written = The letter cannot have arrived before its date.
    .next = Check both days.
approvals-letter_missing = The step “{ $step }” needs an official letter.
    .next = Add the letter. If it comes from another body, add its receipt number and the day it arrived too.
approvals-letter_in_future = The letter is dated, or said to have arrived, after today.
    .next = Check both days.
approvals-no_clock = No time runs for the step “{ $step }”.
    .next = Its time runs by itself, has passed, or the law sets none.
approvals-not_yet_lapsed = The time of the step “{ $step }” has not passed.
    .next = There is nothing for you to do: the platform records it when the time has come.
approvals-sign_in_signing = Signatures are not recorded as a step.
    .next = Sign by key, or attest the signed paper, in signing.
approvals-signing_is_open = Signing is open already.
    .next = The signatories can sign.
approvals-nothing_to_sign = This legal form knows no signature.
    .next = The agreement waits for its other steps.
approvals-signatures_missing = Not every party has signed this text.
    .next = Wait for the missing signatures.
approvals-already_noted = The signatures are on record already.
    .next = There is nothing to do.
approvals-unknown_zone = “{ $zone }” is not a time zone.
    .next = Use a name of the IANA database, such as Asia/Seoul.

## Signing

signing-not_open = Signing is not open: approvals are missing.
    .next = See in the approvals what is missing and who is to record it.
signing-other_text = This is not the text that may be signed.
    .next = Get the agreement that may be signed now, read it, and sign that.
signing-out_of_order = { $next } signs next.
    .next = Wait for your turn. Your inbox shows when it has come.
signing-already_signed = Your party has signed.
    .next = Wait for the others.
signing-order_stands = The order cannot change after the first signature.
    .next = Sign in the order that was set.
signing-bad_order = The order must name every party once.
    .next = Put every party into it, each once.
signing-no_such_key = You have no key “{ $key }” in force.
    .next = Check its name and last day, or register a new key.
signing-bad_signature = The signature does not verify over this agreement with this key.
    .next = Sign again with the private half of this key, for this case, party and agreement.
signing-same_clerk = A second clerk must attest, and of another party.
    .next = Ask a clerk of another party.
signing-paper_incomplete = The paper must bear the signature of every party once.
    .next = Check who is named for which party.
signing-other_paper = This differs from what the first clerk attested.
    .next = Compare scan, signatures and day with the paper. The first clerk can put an error right.
signing-not_a_signatory = { $official } was no signatory of { $government } on that day.
    .next = Check the name. If the appointment is missing, have it recorded.
signing-no_day = The day of the ceremony is missing, or it has not come.
    .next = Say on which day the paper was signed, today at the latest.
signing-before_opening = Signing opened on { $opened }, so the paper cannot have been signed before.
    .next = Check the day. A paper signed before the approvals were there must be signed again.
signing-nothing_in_doubt = No signature by this key since then is to be marked.
    .next = There is nothing to do.

## Mediation

mediation-no_terms = A dispute is about at least one term.
    .next = Name the terms.
mediation-unknown_term = There is no term “{ $term }” in this case.
    .next = Check the name, or define the term first.
mediation-term_in_dispute = “{ $term }” is in dispute { $dispute } already.
    .next = Settle it there, or leave the term out.
mediation-no_other_party = A dispute needs at least one other party of this case.
    .next = Name who is on the other side.
mediation-not_a_party = { $government } is no party of this case.
    .next = Name parties of this case only.
mediation-no_such_dispute = There is no open dispute { $dispute }.
    .next = Check the number. It may have been settled or taken back.
mediation-not_in_dispute = You are no party to dispute { $dispute }.
    .next = Leave it to those who are. You can open a dispute of your own on other terms.
mediation-facilitator_is_party = { $facilitator } is a party to the dispute.
    .next = Propose a body that is not.
mediation-unknown_government = { $government } is not in the register of governments.
    .next = Check the name, or ask an administrator to enter the body.
mediation-facilitator_is_opponent = { $facilitator } is a party to dispute { $dispute } against one of you.
    .next = Propose a body that is in dispute with none of you.
mediation-reads_caucus = { $reader } reads what { $of } tells in confidence, so the two cannot be parties to one dispute.
    .next = Leave one of them out.
mediation-already_proposed = { $facilitator } is proposed already.
    .next = Accept the proposal.
mediation-facilitator_chosen = { $facilitator } facilitates this dispute already.
    .next = Turn to { $facilitator }.
mediation-not_proposed = { $facilitator } is not proposed as facilitator.
    .next = Propose it, or accept one of those that are.
mediation-already_accepted = Your party has accepted this facilitator.
    .next = Wait for the other side.
mediation-no_facilitator = There is no facilitator whom all parties to the dispute have accepted.
    .next = Propose or accept one first.
mediation-not_the_facilitator = Only the facilitator of the dispute does this.
    .next = Tell the facilitator in your caucus what you want.
mediation-not_your_caucus = This is another party’s caucus.
    .next = Write in your own.
mediation-no_such_caucus = { $caucus } is no party to dispute { $dispute } and has no caucus.
    .next = Choose a party to the dispute.
mediation-empty = “{ $field }” is empty.
    .next = Fill it in.
mediation-terms_left_out = The proposal says nothing about { $terms }.
    .next = Give a value for every term in dispute, and for every term with a label.
mediation-wrong_kind = The value is not of the kind of “{ $term }”.
    .next = Give a value of the term’s kind, in its unit or currency.
mediation-wrong_number = The next proposal is number { $next }.
    .next = Use this number.
mediation-not_delivered = The proposal has not been delivered to { $missing }.
    .next = Deliver the same proposal to each of them first.
mediation-no_such_proposal = There is no open proposal { $number }.
    .next = Check the number. It may have been closed.
mediation-proposal_open = Proposal { $number } waits for answers.
    .next = Wait until it is closed.
mediation-already_answered = Your party has answered.
    .next = Wait for the outcome.
mediation-too_late = The time to answer proposal { $number } has passed.
    .next = Tell the facilitator in your caucus. Another proposal may follow.
mediation-beyond_mandate = Your mandate does not cover this proposal: { $verdict }.
    .next = Back to the head first, or answer no. Only you see this.
mediation-answers_missing = Answers are missing, and the time to answer has not passed.
    .next = There is nothing for you to do: the platform closes the proposal when all have answered or the time has passed.
mediation-bad_deadline = The deadline has passed already, or its time zone is unknown.
    .next = Choose a day that lies ahead, in a zone such as Asia/Seoul.
mediation-not_your_dispute = Only { $by }, which opened the dispute, can take it back.
    .next = Ask { $by }, or settle it.
mediation-text_is_frozen = The text is frozen.
    .next = A dispute can be opened when it opens again.

## What could not be tried

unauthenticated = You are not signed in, or your sign-in does not hold: { $why }.
    .next = Sign in again.
malformed = This cannot be read: { $detail }
    .next = Correct it by the contract of the API and send it again.
key_reused = This idempotency key was used for something else.
    .next = Use a new key for each act. Nothing was recorded.
key_missing = An idempotency key is missing.
    .next = Send the header Idempotency-Key with 1 to 255 characters, a new key for each act.
too_large = This is { $bytes ->
    [one] 1 byte
   *[other] { $bytes } bytes
} long, and the limit is { $limit }.
    .next = Upload long texts as a document and refer to it.
foreign_form = This form was not made for your sign-in, so nothing was done.
    .next = Open the page again in this window and send the form from there.
not_found = There is nothing here for you.
    .next = Check the address, and for whom you are signed in.
method_not_allowed = This address does not take such requests.
    .next = The contract of the API, at /api, says which it takes.
unsupported_media_type = The body is of a type that this address does not read.
    .next = Send JSON with the header Content-Type: application/json.
rate_limited = Too many requests.
    .next = Try again in { $seconds ->
        [one] 1 second
       *[other] { $seconds } seconds
    }.
unavailable = A part of the platform cannot be reached or cannot write now: { $part }.
    .next = Try again with the same idempotency key: nothing is recorded twice.
parked = { $stream } waits for the operator, from entry { $position } on.
    .next = Tell the operator of the platform. Other cases go on.

## Questions to the allocation laboratory

allocation-unknown_grant = “{ $component }” has no grant from { $from }.
    .next = Write the giver as the model has it.
allocation-unknown_figure = The model has no such figure: { $figure }.
    .next = Check the names, or add the figure to the model first.
allocation-already_a_member = { $who } is a member of “{ $component }” already.
    .next = Leave that component out.
allocation-last_member = { $who } is the last member of “{ $component }”: without it nobody pays.
    .next = Let another join first, or name the components that it leaves.
allocation-member_of_none = { $who } is a member of no component.
    .next = Check the name.
allocation-unfit_costs = The costs that { $who } brings to “{ $component }” are of another form than the component’s, or about others.
    .next = Give them in the form that the component has, and only for sets or links of which { $who } is one.
allocation-bad_amount = “{ $field }” is not an amount of { $currency } of zero or more, or it is too fine or too large.
    .next = Correct the amount.
allocation-bad_percentage = “{ $field }” is not from 0 to 100 percent.
    .next = Correct the percentage.
allocation-bad_period = The period ends on { $on }, before it begins on { $since }.
    .next = Check both days.
allocation-years_not_whole = The parts by year must add up to 100 percent, none below zero; they add up to { $percent }.
    .next = Make them zero or more, and 100 together.
allocation-terms_stand = Rule, members and limits are as agreed: only costs, grants and figures can turn out otherwise.
    .next = Take the other changes out. What they would do shows in a “what if”.

## Tables in files

table-unknown_format = Files of this type are not read: { $kind }.
    .next = Send an Excel workbook (.xlsx or .xls), an OpenDocument spreadsheet (.ods) or a CSV file, with its media type.
table-other_format = The file was sent as { $told }, and it is { $really }.
    .next = Open it in its program, save it in the right format, and send it again.
table-encrypted = The file is protected by a password.
    .next = Save it without the password and send it again.
table-broken = The file cannot be read as { $told }: it is damaged or something else.
    .next = Open it in its program, save it anew, and send it again.
table-too_large = Unpacked, the file is larger than { $megabytes } MB.
    .next = Put the table alone into a new file, without other sheets and pictures.
table-too_many_cells = The sheets of the file span more than { $limit } cells.
    .next = Put the table alone into a new file, beginning in the first cell.
table-too_many_rows = The table has more than { $limit } rows.
    .next = Check whether it is the right sheet. A table of all sets of 16 members has 65,535 rows.
table-no_such_sheet = The file has no sheet “{ $sheet }”. It has: { $sheets }.
    .next = Name one of its sheets.
table-empty = There is nothing in the table.
    .next = Check whether it is the right sheet: without a name the first one is read.
table-too_many_members = A table of coalitions takes up to { $limit } members.
    .next = Split the component.
table-faulty = The table was not taken. { $faults }; further faults: { $more }.
    .next = Correct the cells named and send the file again. Nothing was recorded.
