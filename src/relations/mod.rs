//! Relations: what must hold between facts.

mod codes;
pub mod division;
mod expression;
mod formula;
mod list;
mod tree;

pub use crate::facts::FactId;
pub use codes::{Authority, Codes};
pub use expression::{Expression, Operand};
pub use formula::{Balance, Formula, Stake};
pub use list::{List, budget, heads, is_amount, lists, same_kind};
pub use tree::{Place, Tree, trees};

use crate::source::ByteSpan;
use rust_decimal::Decimal;
use std::cmp::Ordering;

/// What must hold, and how sure the reading is that says so.
#[derive(Debug, Clone)]
pub struct Relation {
    /// The id of the rule that found it.
    pub rule: &'static str,
    /// The number that the relation determines.
    pub target: FactId,
    /// How it is computed. More than one where the words leave open which figure is meant: the relation holds where any reading does.
    pub readings: Vec<Formula>,
    /// How sure it is that the relation must hold.
    pub certainty: Certainty,
}

/// How sure it is that a relation must hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Certainty {
    /// The words suggest it: counted where it holds, told where one keystroke explains why it does not, else passed over.
    Conjecture,
    /// The words leave open whether it must hold: a note for a person where it fails.
    Open,
    /// The words say so, with an operand understood: a warning where it fails.
    Likely,
    /// The words or the accounts say so: an error where it fails.
    Sure,
}

/// A claim in words about numbers.
#[derive(Debug, Clone)]
pub struct WordCheck {
    /// The id of the rule that found it.
    pub rule: &'static str,
    /// The words.
    pub span: ByteSpan,
    /// The numbers that speak of the same.
    pub operands: Vec<FactId>,
    /// Whether the words agree with the numbers.
    pub holds: bool,
    /// What the words should say; `None` where no word follows.
    pub truth: Option<Truth>,
    /// Whether a person must judge it.
    pub judge: bool,
}

/// What the numbers say where words contradict them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Truth {
    /// The accounts are less than, equal to or greater than the budget.
    AgainstBudget(Ordering),
    /// The figure is below, at or above the target.
    AgainstTarget(Ordering),
    /// A share above 100 %.
    AboveWhole,
    /// It has changed.
    Changed,
    /// It moved the other way.
    OtherWay,
    /// A figure is missing.
    MissingFigure,
    /// What is printed is no figure, and seems to be this one.
    Garbled(Decimal),
    /// The figure has more digits than can be computed with.
    TooLong,
    /// The official classification of no year has the code.
    NoSuchCode,
    /// The row printed there has the same code and another name.
    TwoNames(ByteSpan),
    /// The rows of a class are missing that another table shows.
    MissingRows,
    /// The table that is listed is not there.
    MissingTable,
    /// The table that is listed as empty holds figures.
    NotBlank,
    /// The table is empty and nothing says why.
    BlankTable,
    /// An amount of the row is lost, which its total asks for.
    LostAmount(Decimal),
    /// The columns of so many rows cannot be told.
    UnreadRows(usize),
    /// The amounts of a table stand beside other codes than theirs from here on.
    ShiftedRows,
    /// So many are named where they are counted.
    Listed(usize),
    /// The same is printed otherwise there.
    SameAs(ByteSpan),
    /// What seems to be the same has another figure there.
    OtherFigure(ByteSpan),
    /// The code begins with the digits printed there.
    BeginsWith(ByteSpan),
    /// The official classification gives the name this code.
    OfficialCode(u32),
    /// What was reached falls short of the target.
    Missed,
    /// What was reached goes beyond what the target allows.
    Exceeded,
    /// The words say that a target was reached, or missed, and the form says the opposite.
    OtherOutcome,
    /// The report tells of a fault in what its form tells as reached in full.
    OwnFault,
    /// The score is missing; its rule gives this.
    MissingScore(Decimal),
    /// The usual method gives another score.
    UsualScore(Decimal),
    /// The score lies outside of what its rule can give, which is from this to this.
    ScoreBetween(Decimal, Decimal),
    /// Full marks for what misses the rule's limit.
    FullMarks,
    /// The total is of another band.
    Band(&'static str),
    /// The divisor of a scoring line is not the distance between its two marks, which is this.
    Distance(Decimal),
}

impl Truth {
    /// The words elsewhere that it rests on.
    pub fn elsewhere(self) -> Option<ByteSpan> {
        match self {
            Truth::SameAs(span) | Truth::BeginsWith(span) | Truth::TwoNames(span) | Truth::OtherFigure(span) => {
                Some(span)
            }
            _ => None,
        }
    }

    /// Whether what should stand there replaces what stands there.
    pub fn mends(self) -> bool {
        !matches!(
            self,
            Truth::MissingScore(_)
                | Truth::UsualScore(_)
                | Truth::ScoreBetween(..)
                | Truth::LostAmount(_)
                | Truth::UnreadRows(_)
                | Truth::ShiftedRows
                | Truth::Listed(_)
                | Truth::OwnFault
        )
    }
}
