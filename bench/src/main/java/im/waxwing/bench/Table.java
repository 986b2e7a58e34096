package im.waxwing.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;

/// The results as people and as programs read them (docs/bench.md).
record Table(List<Result> results) {
  private static final ObjectMapper JSON = new ObjectMapper();

  Table {
    results = List.copyOf(results);
  }

  String json() {
    ObjectNode root = JSON.createObjectNode();
    ArrayNode list = root.putArray("results");
    for (Result result : results) {
      list.addObject()
          .put("name", result.name())
          .put("value", rounded(result.value()))
          .put("unit", result.unit())
          .put("limit", rounded(result.limit()))
          .put("ratio", rounded(result.ratio()))
          .put("note", result.note());
    }
    return root.toString();
  }

  String text() {
    StringBuilder table = new StringBuilder();
    line(table, "name", "value", "limit", "ratio", "unit");
    for (Result result : results) {
      line(
          table,
          result.name(),
          figure(result.value()),
          figure(result.limit()),
          String.format(Locale.ROOT, "%.2f", result.ratio()),
          result.unit());
    }
    for (Result result : results) {
      table.append(String.format(Locale.ROOT, "%n%s: %s", result.name(), result.note()));
    }
    return table.toString();
  }

  private static void line(StringBuilder table, String... cells) {
    table.append(
        String.format(
            Locale.ROOT,
            "%-26s%12s%12s%8s  %s%n",
            cells[0],
            cells[1],
            cells[2],
            cells[3],
            cells[4]));
  }

  /// Large figures without decimals, small ones with three.
  private static String figure(double value) {
    return String.format(
        Locale.ROOT, value >= 1_000 ? "%,.0f" : value >= 10 ? "%.1f" : "%.3f", value);
  }

  private static double rounded(double value) {
    return Math.round(value * 1_000) / 1_000.0;
  }
}
