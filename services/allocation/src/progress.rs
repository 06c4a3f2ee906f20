//! How far a long computation has come.
//!
//! What computes says where it is in a list; whoever started it hears that. Lists stand in lists (rules in what-ifs, sets in rules), and only the
//! outermost with more than one item is told.

use std::cell::{Cell, RefCell};

type Report = Box<dyn Fn(u64, u64)>;

thread_local! {
    static REPORT: RefCell<Option<Report>> = const { RefCell::new(None) };
    static INSIDE: Cell<bool> = const { Cell::new(false) };
}

/// Does work that says how far it has come: how many of how many steps are done.
pub fn reporting<T>(report: impl Fn(u64, u64) + 'static, work: impl FnOnce() -> T) -> T {
    REPORT.set(Some(Box::new(report)));
    let done = work();
    REPORT.set(None);
    done
}

/// Items whose count is known, each told before it comes.
pub(crate) fn over<I: Iterator>(items: I) -> impl Iterator<Item = I::Item> {
    let of = items.size_hint().0 as u64;
    // A list of one says nothing, so that a list inside it may.
    let told = of > 1 && !INSIDE.replace(true);
    Over { items, done: 0, of, told }
}

struct Over<I> {
    items: I,
    done: u64,
    of: u64,
    told: bool,
}

impl<I: Iterator> Iterator for Over<I> {
    type Item = I::Item;

    fn next(&mut self) -> Option<I::Item> {
        if self.told {
            tell(self.done, self.of);
        }
        self.done += 1;
        self.items.next()
    }
}

impl<I> Drop for Over<I> {
    fn drop(&mut self) {
        if self.told {
            INSIDE.set(false);
        }
    }
}

fn tell(done: u64, of: u64) {
    REPORT.with_borrow(|report| {
        if let Some(report) = report {
            report(done.min(of), of);
        }
    });
}
