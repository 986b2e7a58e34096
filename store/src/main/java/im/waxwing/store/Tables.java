package im.waxwing.store;

/// The messenger's tables, within one transaction (store.md §3).
public record Tables(
    AccountTable account,
    MailboxTable mailboxes,
    ContactTable contacts,
    PeerTable peers,
    LaneTable lanes,
    LaneKeyTable laneKeys,
    InvitationTable invitations,
    MessageTable messages,
    ChangeTable changes,
    ConversationTable conversations,
    SearchTable search,
    OutboxTable outbox,
    InboxTable inbox,
    NetworkTable networks) {
  static Tables of(Sql sql) {
    Rows rows = new Rows(sql);
    LaneKeyTable laneKeys = new LaneKeyTable(sql);
    return new Tables(
        new AccountTable(rows),
        new MailboxTable(rows),
        new ContactTable(rows),
        new PeerTable(rows),
        new LaneTable(rows, laneKeys),
        laneKeys,
        new InvitationTable(rows),
        new MessageTable(rows),
        new ChangeTable(rows),
        new ConversationTable(rows),
        new SearchTable(rows),
        new OutboxTable(rows),
        new InboxTable(rows),
        new NetworkTable(rows));
  }

  @Override
  public String toString() {
    return "Tables[redacted]";
  }
}
