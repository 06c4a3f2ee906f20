# The room of the laboratory: who pays what, and why.

lab-runs = Computations
lab-new = New
lab-new-first = Make the first computation
lab-no-runs = None yet.
lab-none = No cost sharing has been computed in this case yet.
lab-none-do = Enter what the project costs, who takes part, and by which rule it is shared. Only your own body sees the result, until you put it on the table.
lab-none-watch = As soon as a party puts one on the table, the settlement sheet shows here.
lab-private = private
lab-tabled = on the table
lab-own-row = we
lab-private-why = Only your body sees this computation. The others learn of it, and of everything asked about it, only when you put it on the table.
lab-private-tabled = This is the sealed original. The same result lies on the table.
lab-to-tabled = See it there
lab-digest = result
lab-looks = Looks at this computation
lab-look-sheet = Settlement sheet
lab-look-compare = Rules side by side
lab-look-fairness = Fairness
lab-look-why = Why these numbers
lab-look-questions = What if
lab-look-figures = Figures
lab-act-table = Put on the table…
lab-act-offer = Put into an offer…
lab-act-copy = Copy and change
lab-workbook = Workbook (XLSX)
lab-waiting = Being computed
lab-waiting-since = asked for
lab-progress = Being computed
lab-cancel = Call off
lab-awaited = This is still being computed, beside everything else. It shows here when it is done.
lab-look-again = Look again
lab-yes = yes
lab-no = no

## Settlement sheet

lab-cost = Cost
lab-cost-prices = { $cost } (in prices of { $year })
lab-grant = Grant, { $from }
lab-at-most = at most { $amount }
lab-shared = To share
lab-sheet-of = { $component } ({ $currency })
lab-sheet-in-all = In all ({ $currency })
lab-driver-head = { $name } ({ $unit }, { $year })
lab-year = { $year }
lab-sheet-note = Every share leads to its derivation. Agreed money governs; a percentage is a label.
lab-estimate = These shares are an estimate from { $orders } random orders of the members, the same on every machine. They may be off by up to { $error } (95 %).

## Rules side by side

lab-compare-about = What each rule would give over the same facts. Each rule’s name leads to what it rewards and where it is used.
lab-compare-of = { $component }: what each bears by rule ({ $currency })
lab-rule-of-run = rule of this computation
lab-than-alone = alone
lab-than-last = own offer
lab-than-table = on the table
lab-legend-percent = Percent: of what all bear together.
lab-legend-alone = alone: more (+) or less (−) than going alone.
lab-legend-last = own offer: more (+) or less (−) than this body’s last offer says.
lab-legend-table = on the table: more (+) or less (−) than offer { $offer } says.
lab-without = Rules without a result here
lab-compare-long = With many members some rules take longer than a page waits.
lab-compare-ask = Have all rules computed beside

## Fairness

lab-fair-about = How these shares treat those who pay them, beside what each and every group of them would pay without the others.
lab-fair-unknown = What the members would pay on their own is not in the model, so nothing can be said. Copy the computation and enter what each would pay alone; that is enough to begin with.
lab-gains-of = What each gains against going alone ({ $currency })
lab-pays = Pays
lab-alone = Alone it would pay
lab-gains = Gains
lab-gain = Its gain
lab-least = gains least
lab-core = Nobody better off apart
lab-largest = Largest reason to go apart
lab-says-least = { $body } gains least: { $gain }.
lab-says-core = No group of members would pay less on its own: the shares lie in the core.
lab-says-nearest = Nearest to going its own way: { $coalition }. It still saves { $above } by staying.
lab-says-leaves = { $coalition } would pay { $cost } on its own and pays { $pays } here, { $above } more: it may ask for a change.
lab-says-least-core = With other shares, every group could save at least { $amount }.
lab-says-no-core = By any shares whatever some group pays at least { $amount } more than on its own: the costs themselves leave no stable way to share.
lab-fair-by-rule = The same by other rules
lab-triangle-of = Where each rule stands among the three ({ $currency })
lab-triangle-about = Each corner: that member has all of the savings. Shaded: no group would pay less on its own. The numbers are the rules of the table; the filled one is that of this computation.

## Derivations

lab-why-about = From the cost to each share, in steps that can be followed with a calculator.
lab-why-common = The same for all

## Figures

lab-figures = Figures and what parties think of them
lab-figures-about = Every share goes by these figures. Say of each whether you accept it, dispute it with a figure of your own, or have no data; disputed figures can be tried all at once under “What if”.
lab-figure-driver = { $driver }: { $of }
lab-figure-cost = Cost: { $component }
lab-figure-coalition = On its own: { $coalition } ({ $component })
lab-value = Says
lab-source = Author and year
lab-positions = Positions
lab-accepts = { $by }: accepts
lab-disputes = { $by }: disputes it, says { $own }
lab-no-data = { $by }: no data
lab-stand-heading = Take a position
lab-position = Position
lab-position-accepts = We accept it
lab-position-disputes = We dispute it; our own figure is:
lab-position-no_data = We have no data
lab-own-figure = Own figure
lab-own-figure-hint = Only when you dispute it. Of money in whole units; 1,278억 is understood.
lab-stand-do = Take this position, on record
lab-wrong-figure = Choose a figure of this computation.
    .next = Choose one from the list and send it again.
lab-wrong-position = Choose a position.
    .next = Accept the figure, dispute it with one of your own, or say that you have no data.

## Tabling

lab-table-heading = Put this computation on the table
lab-table-means-seen = Everyone in the case sees the model, its figures and the shares from now on, under your body’s name.
lab-table-means-stays = It stays on record and cannot be taken back. A better one can be tabled beside it.
lab-table-means-offer = It binds nobody. An offer may refer to it; only an accepted offer binds.
lab-table-means-rest = What you have asked about it in private stays private.
lab-table-name = Name on the table
lab-name-hint = Small letters a–z, digits and hyphens; unique in the case.
lab-table-do = Put it on the table
lab-back = Back
lab-wrong-name = “{ $typed }” cannot be a name.
    .next = Use small letters a–z, digits and hyphens, beginning with a letter or digit; at most 63 characters.

## Questions and answers

lab-ask = Ask
lab-answers = Answers
lab-no-answers = Nothing has been asked of this computation yet, as far as you may know.
lab-question = Question
lab-asked = What was asked
lab-about-run = about
lab-study-private-why = Only your body sees this question and its answer, until you put them on the table.
lab-came-to-nothing = There is no answer
lab-table-study-heading = Put question and answer on the table
lab-table-study-means = Everyone in the case will see what you asked and what came out, under your body’s name. It cannot be taken back.
lab-table-study-not-yet = This answer is about a computation that is still private. Put that on the table first, then the answer can follow.
lab-kind-run = Computation
lab-kind-what_if = What if
    .says = A higher cost, a lost grant, someone leaving or joining, other figures: what would each bear?
lab-kind-search = Find a way
    .says = Which rules and drivers get us to at most an amount, and what would they do to the others?
lab-kind-ranges = Disputed figures
    .says = How far do all disputed figures together move what each bears?
lab-kind-comparison = All rules
    .says = Every rule side by side, computed beside where there are many members.
lab-kind-accession = Price of joining later
    .says = The original formula, with interest and overhead, and who gets it.
lab-kind-exit = Leaving
    .says = What a leaver gets or owes, and who takes over.
lab-kind-settlement = Settlement
    .says = The signed rule on actual cost: who still owes, who gets back.
lab-in-currency = { $what } ({ $currency })
lab-in-all = What each bears in all
lab-weights = Weights that do
lab-largest-rise = Largest rise of anybody else
lab-who-gets = Who gets it
lab-who-takes-over = Who takes over
lab-nothing-disputed = No figure of this computation is disputed, so every share stays as it is.
lab-tried-all = Every combination of the least and the most that is said of each figure was tried.
lab-tried-one = Each disputed figure was tried by itself: there are too many for all combinations.
lab-unsolved = At { $count } combinations the rules have no solution; these are in no range.
lab-only-in = Only the rule of { $component } may change
lab-everything = everything
lab-asks-search = { $who } at most { $amount }
lab-asks-ranges = All disputed figures at once
lab-asks-comparison = All rules over the same facts
lab-asks-paid = { $who } has paid { $amount }
lab-asks-interest = Interest { $percent } a year from { $since } to { $on }
lab-asks-overhead = Staff and administration { $amount }
lab-asks-exit = Paid { $paid }; works still worth { $percent }; cost of separation { $separation }
lab-change-cost = { $component }: cost { $cost }
lab-change-overrun = { $component }: cost { $percent }
lab-change-grant_lost = { $component }: the grant of { $from } is lost
lab-change-grant = { $component }: the grant of { $from } is { $amount }
lab-change-joins = { $who } joins: { $components }
lab-change-leaves = { $who } leaves: { $components }
lab-change-figure = { $figure } is { $value }
lab-change-rule = { $component }: shared by { $rule }
lab-change-limits = { $component }: { $who } pays at least { $least }, at most { $most }

## Numbers as they are typed

typed-no_number = { $field }: “{ $typed }” is no number.
    .next = Write digits, with commas between thousands if you like, such as 1,278,000 or 1,278억; percentages such as 12.5.
typed-empty = { $field } is missing.
    .next = Enter a number; 0 where there is none.
