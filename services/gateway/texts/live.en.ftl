# Pages that follow what others do, and what is typed into them.

live-on = Live
live-on-why = What others do appears here by itself.
live-lost = Connection lost · trying again
live-out = You are signed out
live-other = Somebody else is signed in here now
live-again = Load again

draft-restored = What you had typed here is back.
draft-locked = It is kept in this browser only, locked so that only you, acting for this body, can open it.
draft-discard = Discard
draft-discarded = Discarded. The form is empty again.
draft-back = Back to the page
draft-back-why = What you had typed is kept and comes back there.

stale-heading = This has changed since you began to type
stale-why = Somebody has acted meanwhile. What you typed is kept. Look at what has changed before you send it.
stale-load = Load the new state, keep what I typed
stale-loaded = The new state is shown, with what you typed.
gone-heading = This form is not open any more
gone-why = Somebody has acted meanwhile, and this cannot be sent at the moment. What you typed is kept; it comes back when the form opens again.
gone-load = Close the form
