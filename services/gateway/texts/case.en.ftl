# The head of a case, and what waits for whom.

rooms = Rooms of this case
room-overview = Overview
room-facts = Facts
room-table = Negotiation table
room-text = Text
room-allocation = Cost sharing
room-authority = Powers
room-approvals = Approvals
room-signing = Signing
room-disputes = Disputes
room-record = Record
way = How far the case has come
way-invite = Opening
way-facts = Facts
way-offers = Offers
way-text = Text
way-approvals = Approvals
way-signing = Signing
way-force = In force
rounds-alternating = in turns
rounds-circulated = drafts to all, answers by a date
rounds-free = free rounds
your-move = It is your move.
waiting = Waiting for
waits-for = { $body } ({ $count })
moves-of-yours = moves of yours
moves-of-yours-one = move of yours
and-more-moves = and { $count } more
and-more-moves-one = and 1 more

## What is to be done, as `move-<what>`

move-invite = Invite more governments: the procedure asks for more parties
move-join_or_decline = Answer the invitation: join or decline
move-take_position = Say whether you accept the figure “{ $fact }”
move-answer_request = Answer information request { $request }
move-draft_text = Write the text: { $contents }
move-draft_text-first = Write the text: it says nothing yet
move-table_offer = Make an offer for { $terms }
move-answer_offer = Answer offer { $offer }
move-improve_offer = Improve offer { $offer }, or make another
move-agree_wording = Find one wording of “{ $clause }”
move-clear_finding = Put the powers for “{ $function }” right, or say why they may stay as they are
move-initial = Initial the text: nothing stands in the way
move-propose_facilitator = Propose a mediator for dispute { $dispute }
move-accept_facilitator = Say whether { $facilitator } may mediate dispute { $dispute }
move-settle_dispute = Mediate dispute { $dispute }: hear the sides and put a proposal
move-answer_proposal = Answer proposal { $number } in dispute { $dispute }, in confidence
move-take_back_dispute = Take dispute { $dispute } back: the other side has left
move-decide_condition = Decide whether “{ $step }” is needed
move-record_step = Do and record: { $step }
move-sign = Sign the agreement
move-attest_paper = Attest the paper that another clerk has attested
