//! What a token may do: the permission names of the two login products, paired (contract graph 6.7).

use wire::dialect::Dialect;

/// Everything that messaging needs by Facebook Login, as a Page token holds it.
pub const PAGE_SCOPES: [&str; 9] = [
    "pages_show_list",
    "pages_messaging",
    "pages_manage_metadata",
    "pages_read_engagement",
    "instagram_basic",
    "instagram_manage_messages",
    "instagram_manage_comments",
    "instagram_manage_insights",
    "business_management",
];

/// Everything that messaging needs by Instagram Login.
pub const INSTAGRAM_SCOPES: [&str; 3] =
    ["instagram_business_basic", "instagram_business_manage_messages", "instagram_business_manage_comments"];

/// A permission by what it is for; each login product has its own name for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// Basic facts of the account.
    Basic,
    /// Conversations, sending, profiles of people.
    ManageMessages,
    /// Subscribing an account to webhooks.
    Subscribe,
    /// Reading the Page itself.
    ReadPage,
    /// Answering comments, also in private.
    ManageComments,
    /// Comments, for what needs them on the Facebook host only (contract send 1.7).
    UploadComments,
    /// Messaging of the Page, for what needs it on the Facebook host only (contract send 1.7, 3.3).
    PagesMessaging,
    /// Managing what belongs to the business, for what needs it on the Facebook host only (contract send 6.5).
    ManageBusiness,
}

impl Scope {
    /// The name that a login product uses; `None` when it needs no permission there.
    pub fn name(self, dialect: Dialect) -> Option<&'static str> {
        match (self, dialect) {
            (Scope::Basic, Dialect::Facebook) => Some("instagram_basic"),
            (Scope::ManageMessages, Dialect::Facebook) => Some("instagram_manage_messages"),
            (Scope::Subscribe, Dialect::Facebook) => Some("pages_manage_metadata"),
            (Scope::ReadPage, Dialect::Facebook) => Some("pages_show_list"),
            (Scope::Basic | Scope::Subscribe, Dialect::Instagram) => Some("instagram_business_basic"),
            (Scope::ManageMessages, Dialect::Instagram) => Some("instagram_business_manage_messages"),
            (Scope::ManageComments | Scope::UploadComments, Dialect::Facebook) => Some("instagram_manage_comments"),
            (Scope::ManageComments, Dialect::Instagram) => Some("instagram_business_manage_comments"),
            (Scope::PagesMessaging, Dialect::Facebook) => Some("pages_messaging"),
            (Scope::ManageBusiness, Dialect::Facebook) => Some("business_management"),
            (
                Scope::ReadPage | Scope::UploadComments | Scope::PagesMessaging | Scope::ManageBusiness,
                Dialect::Instagram,
            ) => None,
        }
    }
}

/// Whether `granted` holds everything `needed` under the names of this login product.
pub fn holds(granted: &[String], needed: &[Scope], dialect: Dialect) -> bool {
    needed.iter().filter_map(|scope| scope.name(dialect)).all(|name| granted.iter().any(|scope| scope == name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_permission_counts_only_under_its_own_products_name() {
        let facebook = vec!["instagram_basic".to_owned(), "instagram_manage_messages".to_owned()];
        let needed = [Scope::Basic, Scope::ManageMessages];
        assert!(holds(&facebook, &needed, Dialect::Facebook));
        assert!(!holds(&facebook, &needed, Dialect::Instagram));
        assert!(!holds(&facebook[1..], &needed, Dialect::Facebook), "both are needed (contract read 1.2)");
        assert!(holds(&[], &[Scope::ReadPage], Dialect::Instagram));
    }
}
