package io.dlms4j.examples.cli.syntax;

import io.dlms4j.axdr.Octets;
import java.util.ArrayList;
import java.util.List;

/** Parts as lines: offset, octets, field and meaning. */
public final class TreeText {
  private static final String STEP = "  ";

  /** So many octets stand in the column; more are shortened, for the meaning tells them again. */
  private static final int COLUMN = 8;

  private final Octets octets;
  private final List<String> lines = new ArrayList<>();

  private TreeText(Octets octets) {
    this.octets = octets;
  }

  /**
   * Prints a part.
   *
   * @param part what was found
   * @param octets all the octets that were given
   * @return the lines; after the fields, what is wrong with them
   */
  public static List<String> of(Part part, Octets octets) {
    TreeText text = new TreeText(octets);
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
  }

  private void line(int offset, String hex, String text) {
    lines.add("%5d  %-23s  %s".formatted(offset, hex, text));
  }

  private String hex(int offset, int length) {
    boolean all = length <= COLUMN;
    String shown = length == 0 ? "" : octets.slice(offset, all ? length : COLUMN - 1).toString();
    return all ? shown : shown + " …";
  }
}
