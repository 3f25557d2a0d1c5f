package io.dlms4j.client;

import io.dlms4j.axdr.CosemData;
import io.dlms4j.cosem.DlmsException;
import io.dlms4j.cosem.apdu.SelectiveAccess;
import io.dlms4j.cosem.classes.CaptureObjectDefinition;
import io.dlms4j.cosem.classes.Clock;
import io.dlms4j.cosem.classes.EntryDescriptor;
import io.dlms4j.cosem.classes.EntryNumbering;
import io.dlms4j.cosem.classes.ProfileGeneric;
import io.dlms4j.cosem.classes.RangeDescriptor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Which rows and columns of a profile are asked for (Blue Book 4.3.6, selective access to the
 * buffer).
 *
 * @param rows which rows
 * @param columns which columns, in any order; empty for all
 */
record ProfileSelection(Rows rows, List<CaptureObjectDefinition> columns) {
  static final ProfileSelection ALL = new ProfileSelection(new Rows.All(), List.of());

  private static final long GREATEST_ENTRY = 0xFFFF_FFFFL;

  ProfileSelection {
    columns = List.copyOf(columns);
  }

  /** Which rows. */
  sealed interface Rows {
    /** All of them. */
    record All() implements Rows {}

    /** Those whose column has a value within a range; null stands for the column of the clock. */
    record Range(@Nullable CaptureObjectDefinition column, CosemData from, CosemData to)
        implements Rows {}

    /** Those with these numbers. */
    record Entries(long from, long to) implements Rows {}

    /** The last ones that were captured. */
    record Newest(long size) implements Rows {
      public Newest {
        if (size < 1 || size > GREATEST_ENTRY) {
          throw new IllegalArgumentException(size + " rows are not within 1..2^32-1");
        }
      }
    }
  }

  ProfileSelection withRows(Rows other) {
    return new ProfileSelection(other, columns);
  }

  ProfileSelection withColumns(List<CaptureObjectDefinition> others) {
    return new ProfileSelection(rows, others);
  }

  /** Whether the access parameters depend on how many rows there are. */
  boolean needsEntriesInUse(EntryNumbering numbering) {
    return rows instanceof Rows.Newest && numbering == EntryNumbering.OLDEST_IS_ONE;
  }

  /**
   * The columns that come, in the order of the profile's.
   *
   * @param captured all of them
   * @throws DlmsException of the local side, if one is selected that the profile does not capture
   */
  List<CaptureObjectDefinition> columnsOf(
      ProfileGeneric profile, List<CaptureObjectDefinition> captured) {
    columns.forEach(each -> requireCaptured(profile, captured, each));
    return columns.isEmpty() ? captured : captured.stream().filter(columns::contains).toList();
  }

  private static void requireCaptured(
      ProfileGeneric profile,
      List<CaptureObjectDefinition> captured,
      CaptureObjectDefinition column) {
    if (!captured.contains(column)) {
      throw local("profile " + profile.logicalName() + " has no column of " + column.attribute());
    }
  }

  /**
   * The access parameters.
   *
   * @param captured all columns
   * @param entriesInUse how many rows there are, if that {@linkplain #needsEntriesInUse matters}
   * @return null for the whole buffer
   * @throws DlmsException of the local side, if the profile has no such rows or columns
   */
  @Nullable SelectiveAccess access(
      ProfileGeneric profile,
      List<CaptureObjectDefinition> captured,
      EntryNumbering numbering,
      long entriesInUse) {
    if (rows instanceof Rows.Range range) {
      CaptureObjectDefinition column =
          range.column() == null ? clock(profile, captured) : range.column();
      requireCaptured(profile, captured, column);
      // In the profile's order: then it does not matter whether the server keeps to ours.
      List<CaptureObjectDefinition> selected =
          columns.isEmpty() ? columns : columnsOf(profile, captured);
      return new RangeDescriptor(column, range.from(), range.to(), selected).toSelectiveAccess();
    }
    boolean newestIsZero = numbering == EntryNumbering.NEWEST_IS_ZERO;
    if (rows instanceof Rows.Entries entries) {
      return entries(profile, captured, entries.from(), entries.to());
    }
    if (rows instanceof Rows.Newest newest) {
      return newestIsZero
          ? entries(profile, captured, newest.size() - 1, 0)
          : entries(profile, captured, Math.max(1, entriesInUse - newest.size() + 1), entriesInUse);
    }
    return columns.isEmpty()
        ? null
        : entries(profile, captured, newestIsZero ? GREATEST_ENTRY : 1, 0);
  }

  private SelectiveAccess entries(
      ProfileGeneric profile, List<CaptureObjectDefinition> captured, long from, long to) {
    if (columns.isEmpty()) {
      return new EntryDescriptor(from, to, 1, 0).toSelectiveAccess();
    }
    List<Integer> numbers = new ArrayList<>();
    IntStream.range(0, captured.size())
        .filter(i -> columns.contains(captured.get(i)))
        .forEach(i -> numbers.add(i + 1));
    int first = Collections.min(numbers);
    int last = Collections.max(numbers);
    if (last - first + 1 != numbers.size()) {
      throw local(
          "of entries only columns that follow one another can be selected, and of profile "
              + profile.logicalName()
              + " they are "
              + numbers);
    }
    return new EntryDescriptor(from, to, first, last).toSelectiveAccess();
  }

  private static CaptureObjectDefinition clock(
      ProfileGeneric profile, List<CaptureObjectDefinition> captured) {
    return captured.stream()
        .filter(each -> each.attribute().classId() == Clock.CLASS.classId())
        .findFirst()
        .orElseThrow(
            () -> local("profile " + profile.logicalName() + " has no clock to select by"));
  }

  private static DlmsException local(String message) {
    return new DlmsException(DlmsException.Origin.LOCAL, DlmsException.Scope.REQUEST, message);
  }
}
