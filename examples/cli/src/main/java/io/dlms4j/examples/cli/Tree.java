package io.dlms4j.examples.cli;

import io.dlms4j.axdr.CosemData;
import java.util.ArrayList;
import java.util.List;

/** Lines of a tree: what is inside something stands under it, further to the right. */
final class Tree {
  private static final String STEP = "  ";

  private final List<String> lines = new ArrayList<>();
  private String indent = "";

  Tree line(String text) {
    lines.add(indent + text);
    return this;
  }

  /** Adds what is inside the line before. */
  Tree inside(Runnable contents) {
    String before = indent;
    indent = before + STEP;
    contents.run();
    indent = before;
    return this;
  }

  Tree data(CosemData value) {
    if (value instanceof CosemData.ArrayData || value instanceof CosemData.StructureData) {
      boolean array = value instanceof CosemData.ArrayData;
      line((array ? "array of " : "structure of ") + value.elements().size());
      inside(() -> value.elements().forEach(this::data));
    } else {
      line(value.toString());
    }
    return this;
  }

  List<String> lines() {
    return lines;
  }

  @Override
  public String toString() {
    return String.join(System.lineSeparator(), lines);
  }
}
