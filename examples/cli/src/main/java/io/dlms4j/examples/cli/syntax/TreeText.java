package io.dlms4j.examples.cli.syntax;

import io.dlms4j.axdr.Octets;
import java.util.ArrayList;
import java.util.List;

/** Parts as lines: offset, octets, field and meaning. */
public final class TreeText {
  private static final String STEP = "  ";

  /** So many octets stand in the column; more are shortened, for the meaning tells them again. */
  private static final int COLUMN = 8;

  /** Stands before offsets in what was in no octets of the line, but in clear behind them. */
  private static final String IN_CLEAR = "+";

  private final Octets octets;
  private final String mark;
  private final List<String> lines;

  private TreeText(Octets octets, String mark, List<String> lines) {
    this.octets = octets;
    this.mark = mark;
    this.lines = lines;
  }

  /**
   * Prints a part.
   *
   * @param part what was found
   * @param octets all the octets that were given
   * @return the lines; after the fields, what is wrong with them. Offsets with a plus sign count in
   *     an APDU in clear
   */
  public static List<String> of(Part part, Octets octets) {
    TreeText text = new TreeText(octets, "", new ArrayList<>());
    text.node(part.tree(), "", "");
    part.faults().forEach(fault -> text.line(fault.octet(), "", "ERROR: " + fault.what()));
    return text.lines;
  }

  private void node(Node node, String before, String indent) {
    String name = before + node.name();
    // A choice has no octets of its own: it goes before what was chosen.
    if (node.ownOctets() == 0 && node.meaning().isEmpty() && node.children().size() == 1) {
      node(node.children().get(0), name.equals(Part.APDU) ? "" : name + " / ", indent);
      return;
    }
    line(
        node.offset(),
        hex(node.offset(), node.ownOctets()),
        indent + name + (node.meaning().isEmpty() ? "" : ": " + node.meaning()));
    node.children().forEach(child -> node(child, "", indent + STEP));
    Node.Clear clear = node.clear();
    if (clear != null) {
      new TreeText(clear.octets(), IN_CLEAR, lines).node(clear.apdu(), "", indent + STEP);
    }
  }

  private void line(int offset, String hex, String text) {
    lines.add("%5s  %-23s  %s".formatted(mark + offset, hex, text));
  }

  private String hex(int offset, int length) {
    boolean all = length <= COLUMN;
    String shown = length == 0 ? "" : octets.slice(offset, all ? length : COLUMN - 1).toString();
    return all ? shown : shown + " …";
  }
}
