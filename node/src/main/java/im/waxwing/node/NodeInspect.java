package im.waxwing.node;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// `waxwing node inspect`: prints everything that a node's folder holds, with a sentence on what
/// each item tells whoever reads it. Reads only, also while the node runs.
public final class NodeInspect {
  /// A table of the store, as it stands there.
  ///
  /// @param sentence what a reader of the file learns from it
  private record Item(String name, String sentence, String sql) {}

  private static final List<Item> ITEMS =
      List.of(
          new Item(
              "mailboxes",
              "Each row is the mailbox of one device on one day. Its id and both keys are of that"
                  + " day only: nothing here joins two days, or names a device or a person. The"
                  + " node stores no time of opening. 'arrived' and 'held' count the envelopes that"
                  + " came that day and those not yet fetched.",
              """
              SELECT lower(hex(id)) AS id, date(day * 86400, 'unixepoch') AS day,
                lower(hex(owner_key)) AS owner_key, lower(hex(deposit_key)) AS deposit_key,
                arrived, held FROM mailboxes ORDER BY id\
              """),
          new Item(
              "envelopes",
              "Each row is a sealed envelope that waits, always of the same size. The sequence"
                  + " tells the order of arrival within its mailbox. The id is known only to writer"
                  + " and reader. The node has no key to open it and does not note who brought it.",
              """
              SELECT lower(hex(m.id)) AS mailbox, e.place & 1048575 AS sequence,
                lower(hex(e.id)) AS id, length(e.bytes) AS bytes
              FROM envelopes e JOIN mailboxes m ON m.number = e.mailbox ORDER BY m.id, e.place\
              """),
          new Item(
              "swarms",
              "Each row is a mailbox or a drawer that this node keeps together with other nodes of"
                  + " its network, and the size of the device's signed request that it follows"
                  + " from, kept so that the others can check it. It tells no more than the rows"
                  + " of the mailbox or drawer, except that a drawer was emptied.",
              """
              SELECT lower(hex(name)) AS name, date(day * 86400, 'unixepoch') AS day,
                length(request) AS bytes FROM swarm_names ORDER BY name\
              """),
          new Item(
              "tombstones",
              "Each row is an envelope that its owner has deleted: kept until its mailbox is"
                  + " forgotten, so that no other node brings the envelope back. It tells that an"
                  + " envelope of this id was expected, and 'deletion' which were deleted at once.",
              """
              SELECT lower(hex(m.id)) AS mailbox, lower(hex(e.id)) AS id,
                lower(hex(e.deletion)) AS deletion FROM entries e
              JOIN mailboxes m ON m.number = e.mailbox
              WHERE e.deletion IS NOT NULL ORDER BY m.id, e.id\
              """),
          new Item(
              "drawers",
              "Each row is a sealed object that an invitation leads to: the handle comes from the"
                  + " invitation's secret, which the node never sees. 'taken' tells whether"
                  + " somebody has fetched it.",
              """
              SELECT lower(hex(handle)) AS handle, lower(hex(owner_key)) AS owner_key,
                date(last_day * 86400, 'unixepoch') AS last_day, nonce IS NOT NULL AS taken,
                length(object) AS bytes FROM drawers ORDER BY handle\
              """));

  private static final String FILES_SENTENCE =
      "The node's own secrets and settings. node-key proves that the node is itself, tls-key serves"
          + " its links, admission-token lets people open mailboxes; contents are not shown here."
          + " Of an onion network: operator-key proves whose node it is, network-address leads"
          + " anybody there, and the folder consensus has the public list of its nodes, the same at"
          + " each.";

  private static final String ABSENT =
      "Not stored anywhere: names, accounts, identity keys, people's network addresses, times,"
          + " texts, who wrote to whom, and the keys of packets (they live in memory for an hour)."
          + " Of packets for other nodes and of these nodes nothing is stored: what waits for one"
          + " that cannot be reached, reply blocks and addresses of nodes that no such list has are"
          + " in memory and gone after a restart. While it runs, an operator could watch which"
          + " connection opens, fills or reads which mailbox, and which other nodes it speaks to.";

  private final Connection connection;
  private final Path folder;
  private final PrintStream out;

  private NodeInspect(Connection connection, Path folder, PrintStream out) {
    this.connection = connection;
    this.folder = folder;
    this.out = out;
  }

  /// Runs `waxwing node inspect` with the arguments behind these words; returns its exit code.
  public static int run(List<String> args, PrintStream out, PrintStream err) {
    List<String> flags = new ArrayList<>(args);
    boolean json = flags.remove("--json");
    try {
      Path folder = Settings.dataFolder(flags);
      if (!Files.exists(folder.resolve(Database.FILE))) {
        throw new NodeException.BadStore(
            "no node has worked in this folder yet", "name its folder with --data DIR", null);
      }
      inspect(folder, json, out);
      return NodeProgram.STOPPED;
    } catch (NodeException e) {
      err.println("error: " + e.getMessage());
      err.println("hint: " + e.hint());
      return NodeProgram.exitCode(e);
    }
  }

  private static void inspect(Path folder, boolean json, PrintStream out) throws NodeException {
    try (Connection connection = Database.openForReading(folder)) {
      NodeInspect inspect = new NodeInspect(connection, folder, out);
      if (json) {
        inspect.printJson();
      } else {
        inspect.printText();
      }
    } catch (SQLException | IOException e) {
      throw new NodeException.BadStore(
          "the store cannot be read", "check that the folder is yours", e);
    }
  }

  private void printText() throws SQLException, IOException {
    for (Item item : ITEMS) {
      out.println(item.name());
      printWrapped(item.sentence());
      long rows = each(item, values -> out.println("    " + String.join("  ", values)), true);
      out.println("  " + rows + " in all");
      out.println();
    }
    out.println("files");
    printWrapped(FILES_SENTENCE);
    for (String file : files()) {
      out.println("    " + file);
    }
    out.println();
    out.println("what is not here");
    printWrapped(ABSENT);
  }

  private void printJson() throws SQLException, IOException {
    out.println("{");
    for (Item item : ITEMS) {
      out.println("  \"" + item.name() + "\": {");
      out.println("    \"sentence\": \"" + item.sentence() + "\",");
      out.print("    \"rows\": [");
      Separator separator = new Separator();
      each(
          item,
          values -> out.print(separator.next() + "\n      {" + String.join(", ", values) + "}"),
          false);
      out.println("]");
      out.println("  },");
    }
    String names = String.join(", ", files().stream().map(file -> "\"" + file + "\"").toList());
    out.println("  \"files\": {");
    out.println("    \"sentence\": \"" + FILES_SENTENCE + "\",");
    out.println("    \"rows\": [" + names + "]");
    out.println("  },");
    out.println("  \"absent\": \"" + ABSENT + "\"");
    out.println("}");
  }

  /// A comma before everything but the first.
  private static final class Separator {
    private boolean used;

    String next() {
      String separator = used ? "," : "";
      used = true;
      return separator;
    }
  }

  private interface Row {
    void print(List<String> values);
  }

  /// Values are numbers, dates and hexadecimal, so nothing needs escaping.
  private long each(Item item, Row row, boolean plain) throws SQLException {
    long count = 0;
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(item.sql())) {
      while (rows.next()) {
        List<String> values = new ArrayList<>();
        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
          String name = rows.getMetaData().getColumnLabel(i);
          values.add(plain ? name + " " + rows.getString(i) : json(name, rows, i));
        }
        row.print(values);
        count++;
      }
    }
    return count;
  }

  private static String json(String name, ResultSet rows, int column) throws SQLException {
    Object value = rows.getObject(column);
    String text = value instanceof Number ? value.toString() : "\"" + value + "\"";
    return "\"" + name + "\": " + text;
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(NodeInspect::isPlain)
          .sorted()
          .toList();
    }
  }

  private static boolean isPlain(String name) {
    return name.matches("[A-Za-z0-9._-]+");
  }

  private void printWrapped(String sentence) {
    StringBuilder line = new StringBuilder(" ");
    for (String word : sentence.split(" ", -1)) {
      if (line.length() + word.length() > 90) {
        out.println(line);
        line = new StringBuilder(" ");
      }
      line.append(' ').append(word);
    }
    out.println(line);
  }
}
