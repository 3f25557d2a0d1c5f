package io.dlms4j.cosem.apdu;

import io.dlms4j.axdr.AxdrException;
import io.dlms4j.axdr.AxdrReader;
import io.dlms4j.axdr.AxdrWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** SEQUENCE OF: a count, and so many items (IEC 61334-6; Green Book 9.5). */
final class Lists {
  /**
   * The longest list that is read. The longest APDU of all has 65,535 octets, no item takes less
   * than one of them, and what is too long for an APDU and comes in blocks was asked for with one.
   */
  static final int MAX_ITEMS = 0xFFFF;

  private static final String CLAUSE = "IEC 61334-6, SEQUENCE OF";
  private static final String LIMIT_CLAUSE = "limit of this decoder";
  private static final String ONE_EACH_CLAUSE = "Green Book 9.5, one item for each";

  private Lists() {}

  /**
   * Reads a list.
   *
   * @param what the items, for the message of a fault
   * @param leastOctets how many octets an item has at least
   */
  static <T> List<T> read(
      AxdrReader reader, String what, int leastOctets, Function<AxdrReader, T> item) {
    return readItems(reader, readCount(reader, what, leastOctets), item);
  }

  /**
   * Reads a list that has an item for each of another one.
   *
   * @param number how many the other one has
   * @param others its items, for the message of a fault
   */
  static <T> List<T> readOneEach(
      AxdrReader reader,
      String what,
      int leastOctets,
      Function<AxdrReader, T> item,
      int number,
      String others) {
    int at = reader.position();
    int count = readCount(reader, what, leastOctets);
    if (count != number) {
      throw new AxdrException(
          AxdrException.Kind.MALFORMED,
          at,
          count + " " + what + " for " + number + " " + others,
          ONE_EACH_CLAUSE);
    }
    return readItems(reader, count, item);
  }

  /** Reads how many items follow, and believes it only if they could be there. */
  private static int readCount(AxdrReader reader, String what, int leastOctets) {
    int at = reader.position();
    int count = reader.readLength();
    if ((long) count * leastOctets > reader.remaining()) {
      throw new AxdrException(
          AxdrException.Kind.TRUNCATED,
          at,
          count + " " + what + " cannot be in the " + reader.remaining() + " octets left",
          CLAUSE);
    }
    if (count > MAX_ITEMS) {
      throw new AxdrException(
          AxdrException.Kind.LIMIT,
          at,
          count + " " + what + ", where at most " + MAX_ITEMS + " are taken",
          LIMIT_CLAUSE);
    }
    return count;
  }

  private static <T> List<T> readItems(AxdrReader reader, int count, Function<AxdrReader, T> item) {
    List<T> items = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      items.add(item.apply(reader));
    }
    return items;
  }

  static <T> void write(AxdrWriter writer, List<T> items, BiConsumer<AxdrWriter, T> item) {
    writer.writeLength(items.size());
    for (T each : items) {
      item.accept(writer, each);
    }
  }

  /** Refuses lists that our own code made and that do not belong together. */
  static void requireOneEach(String what, int count, String others, int number) {
    if (count != number) {
      throw new IllegalArgumentException(count + " " + what + " for " + number + " " + others);
    }
  }
}
