package io.dlms4j.examples.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** Rows with aligned columns: numbers to the right, everything else to the left. */
final class Table {
  private final List<List<String>> rows = new ArrayList<>();

  Table(List<String> header) {
    rows.add(header);
  }

  void add(List<String> row) {
    rows.add(row);
  }

  void print(PrintWriter out, String indent) {
    int columns = rows.get(0).size();
    int[] widths = new int[columns];
    boolean[] numbers = new boolean[columns];
    for (int column = 0; column < columns; column++) {
      int index = column;
      widths[column] = rows.stream().mapToInt(row -> row.get(index).length()).max().orElse(0);
      numbers[column] =
          rows.stream().skip(1).allMatch(row -> row.get(index).matches("-?\\d+(\\.\\d+)?"));
    }
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder(indent);
      for (int column = 0; column < columns; column++) {
        String cell = row.get(column);
        String padding = " ".repeat(widths[column] - cell.length());
        line.append(numbers[column] ? padding + cell : cell + padding).append("  ");
      }
      out.println(line.toString().stripTrailing());
    }
  }
}
