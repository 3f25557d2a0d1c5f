package io.dlms4j.omnipower.store;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * All parts of a memory, numbered from 1 on in the order in which their names came. What was kept
 * under names that nobody claims stays as it is, so that a meter loses nothing if it is opened once
 * by a version that does not know them.
 *
 * <p>A record is a sequence of items. Each begins with the number of a part, and has its changes
 * then; or with 0, and has a name and a shape: of a new part, or of one that takes the place and
 * the number of that which had the name before.
 */
final class PartTable {
  static final int CELLS = 1;
  static final int OCTETS = 2;
  static final int RING = 3;

  /** How many parts there may be. */
  static final int MOST_PARTS = 4096;

  private static final int NEW_PART = 0;

  private final Map<String, Integer> numbers = new HashMap<>();
  private final List<Part> parts = new ArrayList<>();
  private long octets;
  private boolean hasNewParts;

  PartTable() {}

  boolean isEmpty() {
    return parts.isEmpty();
  }

  /**
   * Hands out the part of a name, or makes it, also in place of one of another shape.
   *
   * @throws IllegalStateException if it has been handed out already, or there is no room for it
   */
  <T extends Part> T claim(
      String name, Class<T> kind, Predicate<T> sameShape, long size, Supplier<T> maker) {
    if (name.isEmpty() || name.getBytes(StandardCharsets.UTF_8).length > Part.LONGEST_NAME) {
      throw new IllegalArgumentException("a name of 1.." + Part.LONGEST_NAME + " octets: " + name);
    }
    Part kept = find(name);
    if (kept != null && kept.isClaimed()) {
      throw new IllegalStateException(name + " is claimed already");
    }
    T part;
    if (kind.isInstance(kept) && sameShape.test(kind.cast(kept))) {
      part = kind.cast(kept);
    } else {
      if (!hasRoom(size, kept)) {
        throw new IllegalStateException("there is no room for " + name);
      }
      part = maker.get();
      put(part, kept);
      hasNewParts = true;
    }
    part.claim();
    return part;
  }

  private @Nullable Part find(String name) {
    Integer number = numbers.get(name);
    return number == null ? null : parts.get(number - 1);
  }

  private boolean hasRoom(long size, @Nullable Part replaced) {
    return replaced == null
        ? parts.size() < MOST_PARTS && size <= Part.MOST_OCTETS - octets
        : size <= Part.MOST_OCTETS - octets + replaced.octets();
  }

  private void put(Part part, @Nullable Part replaced) {
    Integer number = numbers.get(part.name());
    if (number == null) {
      parts.add(part);
      numbers.put(part.name(), parts.size());
    } else {
      parts.set(number - 1, part);
    }
    octets += part.octets() - (replaced == null ? 0 : replaced.octets());
  }

  /** Writes what has changed since the last time; nothing at all if nothing has. */
  void writeChanges(RecordWriter out) {
    if (hasNewParts) {
      hasNewParts = false;
      for (Part part : parts) {
        if (!part.isKnown()) {
          writeNewPart(out, part);
        }
      }
    }
    // Each second: without an iterator.
    for (int i = 0; i < parts.size(); i++) {
      Part part = parts.get(i);
      if (part.isChanged()) {
        out.number(i + 1);
        part.writeChanges(out);
      }
    }
  }

  /** Writes all, as changes of a table that is empty. */
  void writeAll(RecordWriter out) {
    for (int i = 0; i < parts.size(); i++) {
      writeNewPart(out, parts.get(i));
      out.number(i + 1);
      parts.get(i).writeAll(out);
    }
  }

  private static void writeNewPart(RecordWriter out, Part part) {
    part.makeKnown();
    out.number(NEW_PART);
    out.text(part.name());
    part.writeShape(out);
  }

  /** Takes over changes. */
  void read(RecordReader in) throws MalformedRecordException {
    while (in.hasMore()) {
      int number = (int) in.number(parts.size());
      if (number == NEW_PART) {
        readNewPart(in);
      } else {
        parts.get(number - 1).read(in);
      }
    }
  }

  private void readNewPart(RecordReader in) throws MalformedRecordException {
    String name = in.text(Part.LONGEST_NAME);
    if (name.isEmpty()) {
      throw in.malformed("a part has no name");
    }
    Part replaced = find(name);
    int kind = in.octet();
    Supplier<Part> maker;
    long size;
    switch (kind) {
      case CELLS -> {
        int cells = (int) in.positive(Part.MOST_OCTETS);
        size = Cells.octets(cells);
        maker = () -> new Cells(name, cells);
      }
      case OCTETS -> {
        size = OctetCell.MOST_OCTETS;
        maker = () -> new OctetCell(name);
      }
      case RING -> {
        int words = (int) in.positive(Part.MOST_OCTETS);
        int depth = (int) in.positive(Part.MOST_OCTETS);
        size = Ring.octets(words, depth);
        maker = () -> new Ring(name, words, depth);
      }
      default -> throw in.malformed("there is no kind " + kind);
    }
    if (!hasRoom(size, replaced)) {
      throw in.malformed("there is no room for '" + name + "'");
    }
    Part part = maker.get();
    part.makeKnown();
    put(part, replaced);
  }
}
