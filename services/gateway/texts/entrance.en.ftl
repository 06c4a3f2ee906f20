# Signing in and out.

sign-in-elsewhere = Nobody can sign in on this page yet: sign-in with your organisation's account (OpenID Connect) is not configured. Ask whoever runs this platform.
sign-in-provider = Sign in with your organisation's account
sign-in-provider-about = You go to your organisation's sign-in page. Your password is typed there only, and never comes to this platform.
sign-in-for = For which body do you act?
sign-in-for-about = You hold appointments at several bodies. While you are signed in you act for the one you choose; to change it, sign out and in again.
sign-in-again = Sign in again
signed-out = You are signed out
signed-out-about = You are signed out of this platform. You are being taken to your organisation's account, to sign out there too.
signed-out-onwards = Sign out of your organisation's account

trouble-cancelled = You are not signed in
    .next = It was called off on your organisation's sign-in page, or not allowed there. Try again, or ask whoever looks after your account.
trouble-stale = This sign-in does not hold any more
    .next = It was begun more than ten minutes ago or in another browser, or it has been used already. Begin anew.
trouble-untrusted = The sign-in could not be verified
    .next = What came from your organisation's sign-in server did not stand the test and was not accepted. If this happens again, tell whoever runs this platform.
trouble-unreachable = The sign-in server does not answer
    .next = Your organisation's sign-in server could not be reached. Try again in a while.
trouble-unknown = This account is not registered
    .next = Your organisation confirms who you are, but no official of this platform belongs to this account. Give whoever runs this platform the identifier below.
trouble-unappointed = You hold no appointment
    .next = Your organisation confirms who you are, but today you are appointed at no body. Ask the administrator of your body.
trouble-whom = Identifier
