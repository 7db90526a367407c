//! The kinds of file beside the yearly return, as the command line names them.

/// A kind of file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Codes, names and regions of authorities.
    Areas,
    /// Children living in an area.
    Population,
    /// What an authority wants to reach.
    Targets,
    /// Statistical neighbours.
    Neighbours,
    /// Figures that somebody has published.
    Published,
    /// Care leavers and the duties owed to them.
    Leavers,
    /// Contacts with care leavers.
    LeaverContacts,
    /// Foster carers.
    Carers,
    /// Which household a placement was with.
    PlacementLinks,
    /// Tables of the Standard Safeguarding Dataset.
    Ssd,
}

impl Kind {
    /// The kinds with a layout of their own, which other people do not make.
    pub const LISTS: [Self; 8] = [
        Self::Areas,
        Self::Population,
        Self::Targets,
        Self::Neighbours,
        Self::Leavers,
        Self::LeaverContacts,
        Self::Carers,
        Self::PlacementLinks,
    ];

    /// The word of the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Areas => "areas",
            Self::Population => "population",
            Self::Targets => "targets",
            Self::Neighbours => "neighbours",
            Self::Published => "published",
            Self::Leavers => "leavers",
            Self::LeaverContacts => "leaver_contacts",
            Self::Carers => "carers",
            Self::PlacementLinks => "placement_links",
            Self::Ssd => "ssd",
        }
    }

    /// Whether the rows are records of one authority, which has to be named.
    pub fn holds_records(self) -> bool {
        matches!(self, Self::Leavers | Self::LeaverContacts | Self::Carers | Self::PlacementLinks | Self::Ssd)
    }
}
