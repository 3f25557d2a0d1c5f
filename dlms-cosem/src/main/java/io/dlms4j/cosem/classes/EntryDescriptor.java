package io.dlms4j.cosem.classes;

import io.dlms4j.axdr.AxdrException;
import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.EncodedData;
import io.dlms4j.cosem.apdu.SelectiveAccess;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * entry_descriptor: selects rows and columns of a profile by their numbers (Blue Book 4.3.6,
 * selective access to the buffer, selector 2). How rows are numbered differs from meter to meter:
 * {@link EntryNumbering} says how.
 *
 * @param fromEntry first row, 0..2^32-1
 * @param toEntry last row, 0..2^32-1
 * @param fromSelectedValue first column, from 1 on; 0..65535
 * @param toSelectedValue last column, 0..65535; 0 is the last there is
 */
public record EntryDescriptor(
    long fromEntry, long toEntry, int fromSelectedValue, int toSelectedValue) {
  /** The access selector that goes with it. */
  public static final int SELECTOR = 2;

  private static final String CLAUSE = "Blue Book 4.3.6";
  private static final long MOST_ENTRIES = 0xFFFF_FFFFL;

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if a number has no wire form
   */
  public EntryDescriptor {
    if (fromEntry < 0 || fromEntry > MOST_ENTRIES || toEntry < 0 || toEntry > MOST_ENTRIES) {
      throw new IllegalArgumentException("an entry is no double-long-unsigned");
    }
    if (fromSelectedValue < 0
        || fromSelectedValue > 0xFFFF
        || toSelectedValue < 0
        || toSelectedValue > 0xFFFF) {
      throw new IllegalArgumentException("a selected value is no long-unsigned");
    }
  }

  /**
   * Reads access parameters.
   *
   * @param parameters a structure of from_entry, to_entry, from_selected_value and
   *     to_selected_value
   * @return the descriptor
   * @throws AxdrException if the value is something else
   */
  public static EntryDescriptor decode(CosemData parameters) {
    List<CosemData> fields = parameters.structureOf(4);
    return new EntryDescriptor(
        entry(fields.get(0)),
        entry(fields.get(1)),
        Fields.within(fields.get(2), 0, 0xFFFF, "from_selected_value", CLAUSE),
        Fields.within(fields.get(3), 0, 0xFFFF, "to_selected_value", CLAUSE));
  }

  private static long entry(CosemData data) {
    long value = data.integralValue();
    if (value < 0 || value > MOST_ENTRIES) {
      throw Fields.malformed("entry " + value + " is no double-long-unsigned", CLAUSE);
    }
    return value;
  }

  /**
   * The access parameters.
   *
   * @return a structure of two double-long-unsigned and two long-unsigned
   */
  public CosemData encode() {
    return CosemData.structure(
        CosemData.doubleLongUnsigned(fromEntry),
        CosemData.doubleLongUnsigned(toEntry),
        CosemData.longUnsigned(fromSelectedValue),
        CosemData.longUnsigned(toSelectedValue));
  }

  /**
   * Which rows are selected.
   *
   * @param numbering how the meter numbers its entries
   * @param entriesInUse how many rows the buffer has, not negative
   * @return the rows, in the order in which they are returned
   */
  public RowSelection rows(EntryNumbering numbering, long entriesInUse) {
    return numbering.rows(fromEntry, toEntry, entriesInUse);
  }

  /**
   * Which columns are selected.
   *
   * @param columns how many columns the profile has
   * @return their indices from 0 on, in the order in which they are returned; nothing if the
   *     descriptor names a column that the profile does not have, or none at all
   */
  public Optional<List<Integer>> columns(int columns) {
    int last = toSelectedValue == 0 ? columns : toSelectedValue;
    return fromSelectedValue < 1 || fromSelectedValue > last || last > columns
        ? Optional.empty()
        : Optional.of(IntStream.range(fromSelectedValue - 1, last).boxed().toList());
  }

  /**
   * The descriptor as a GET carries it.
   *
   * @return selector and parameters
   */
  public SelectiveAccess toSelectiveAccess() {
    return new SelectiveAccess(SELECTOR, EncodedData.of(encode()));
  }
}
