# Disputes: the ladder, the mediator, caucuses, proposals.

disputes-none-yet = There are no disputes.
disputes-none = There is no dispute.
disputes-none-next = Where terms cannot be settled by offers, the delegate of a party opens a dispute; a mediator whom both sides accept helps to settle it.
disputes-title = Dispute { $number }: { $title }
disputes-settled = settled
disputes-taken_back = taken back
disputes-answers = waits for answers
disputes-mediation = in mediation
disputes-no_mediator = no mediator yet
disputes-ladder = How far it has climbed
disputes-rung-opened = Opened
disputes-rung-mediator = Mediator agreed
disputes-rung-heard = Sides heard
disputes-rung-proposal = Proposal
disputes-rung-settled = Settled
disputes-rung-taken_back = Taken back
disputes-in_confidence = in confidence
disputes-put-waits = proposal { $number } waits for answers
disputes-put-failed = proposal { $number } failed, unrevealed
disputes-put-dropped = proposal { $number } dropped before it was answered
disputes-put-accepted = proposal { $number } accepted by all
disputes-as-offer = entered as offer { $offer }
disputes-being-entered = being brought to the table
disputes-parties = Parties
disputes-due = To be settled by
disputes-held = Terms it holds (they move by settlement only)
disputes-were-held = Terms that were in dispute
disputes-terms = Terms in dispute
disputes-term = Term
disputes-last-of = { $body } last offered
disputes-offer = offer { $offer }
disputes-agreed = Agreed
disputes-value = Value
disputes-values = Values by term
disputes-label = Called (optional)
disputes-who = Whose duty
disputes-take_back = Take the dispute back
disputes-take_back-about = The terms are free again and move by offers. What was said in caucus stays private.
disputes-do-take_back = Take it back
disputes-settlement = Settlement
disputes-entered = The settlement came back to the table as the agreed offer { $offer }.
disputes-to-table = To the table

## Opening one

disputes-open = Open a dispute
disputes-open-about = Only the terms in dispute are frozen; everything else goes on. They move by settlement only.
disputes-title-ko = What it is about (Korean)
disputes-title-en = What it is about (English)
disputes-title-hint = If only one is filled in, it stands for both.
disputes-terms-hint = All terms that must be settled together.
disputes-with = With whom
disputes-due-hint = If it is not settled by then, the next step is to be considered, such as statutory mediation. May be left empty.
disputes-do-open = Open the dispute
disputes-frozen = The text is frozen, so no dispute can be opened.
disputes-unknown = There is no “{ $typed }”.
    .next = Choose among the terms and bodies that the page shows.

## The mediator

disputes-neutral = Who mediates
disputes-neutral-about = A body mediates that all parties to the dispute have accepted. It reads the caucuses of both sides, so look at what ties it to the case before you accept it.
disputes-neutral-none = Nobody is proposed yet.
disputes-tie-none = no ties
disputes-tie-party = party of this case
disputes-tie-coordinator = convened this case
disputes-tie-above = above { $body }
disputes-tie-below = below { $body }
disputes-accepted-by = Accepted by { $bodies }
disputes-do-accept = Accept
disputes-do-accept-body = Accept { $body }
disputes-propose = Propose a mediator
disputes-free = Without ties to the case
disputes-tied = With ties to the case
disputes-do-propose = Propose
disputes-nobody = No other body has a mediator. Ask the keeper of the register to enter one.
disputes-no_body = No body is chosen.
    .next = Choose one from the list.

## Caucus

disputes-caucus = Private caucus
disputes-caucus-own = Only your side and the mediator read this. The other side and the other parties do not see it.
disputes-caucus-later = When a mediator is agreed, you can tell them here how far you can go.
disputes-notes = What was said
disputes-notes-none = Nothing has been said yet.
disputes-note = Tell the mediator
disputes-note-to = Tell { $body }
disputes-do-note = Send in confidence
disputes-proposal = Proposal { $number }
disputes-given-not_put = Delivered; no answer is asked for yet.
disputes-given-open = Not answered yet.
disputes-given-accepted = Your side has accepted. The outcome shows when all have answered or the time has passed.
disputes-given-declined = Your side has declined. The outcome shows when all have answered or the time has passed.
disputes-given-failed-accepted = Accepted by this side; it failed.
disputes-given-failed-declined = Declined by this side; it failed.
disputes-given-failed-silent = Not answered in time by this side; it failed.
disputes-given-dropped = Closed: the dispute was taken back.
disputes-given-settled = Settled: all have accepted.
disputes-waits-for-you = Proposal { $number } in dispute { $dispute } waits for your answer.
disputes-to-answer = Look at it and answer
disputes-answer = Answer proposal { $number }
disputes-answer-about = Your answer is confidential. If all accept, the settlement is revealed and nothing else; if anybody does not, neither the answers nor the proposal are. An answer cannot be changed.
disputes-answer-by = Answer by
disputes-answer-by-hint = If a party has not answered by then, the proposal fails. Leave empty to wait until all have.
disputes-answer-which = Answer
disputes-answer-yes = Accept
disputes-answer-no = Do not accept
disputes-mandate = Mandate
disputes-mandate-hint = To accept, the proposal must lie within it. If it does not, only you are told.
disputes-no_mandate = You have no mandate in force for this case, so you cannot accept. Ask the head of your body for one.
disputes-do-answer = Answer in confidence
disputes-no_answer = No answer is chosen.
    .next = Choose whether you accept.

## The mediator's room

disputes-room = Mediator’s room
disputes-room-about = Only the mediator sees this. Neither side sees what the other says: take care not to carry it over into a note or a proposal.
disputes-caucus-of = Caucus of { $body }
disputes-caucus-mediator = Only { $body } and the mediator read this.
disputes-room-waits = The sides have yet to answer the proposal. When the outcome is known, you can write another.
disputes-put = Write proposal { $number }
disputes-put-about = The same proposal is delivered to each side in confidence, then all are asked to answer. Until all have accepted, only its digest is on record.
disputes-others = Other terms that move with it
disputes-others-about = A proposal may move terms that are not in dispute. Those left empty stay as they are.
disputes-unit-money = { $currency }, such as 5,000,000,000 or 50억
disputes-do-put = Deliver to all sides and ask for answers
disputes-half = A proposal is begun and not put.
disputes-half-given = Delivered to { $bodies }.
disputes-half-missing = Not delivered to { $bodies }.
disputes-half-next = No answers are asked for yet. Send it again as it is and it goes on where it stopped; change it, and the changed one takes its place.
disputes-no_salt = This form is not whole.
    .next = Open the page anew and fill it in again.
disputes-no_number = “{ $typed }” for “{ $term }” is no number.
    .next = Write it such as 1,234.5, or 50억.
disputes-no_day = “{ $typed }” for “{ $term }” is no day.
    .next = Write year, month and day, such as 2000-02-15.
disputes-no_who = There is no such body for “{ $term }”.
    .next = Choose one from the list.
