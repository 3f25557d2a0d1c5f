package io.dlms4j.client;

import io.dlms4j.axdr.AxdrException;
import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.CosemDateTime;
import io.dlms4j.cosem.DlmsException;
import io.dlms4j.cosem.classes.CaptureObjectDefinition;
import io.dlms4j.cosem.classes.Clock;
import io.dlms4j.cosem.classes.EntryNumbering;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where the reading of a profile stands, and which rows are asked for when it goes on after it was
 * cut off, so that none comes twice and none is left out.
 *
 * <p>Rows of a time are asked for from the time of the last row on, and as many rows of that very
 * time passed over as have been given. Rows by number are asked for from the last row on, which has
 * to be the same still: else the buffer has moved, and nobody knows by how much.
 */
final class Resumption {
  private final ProfileSelection.Rows rows;
  private final EntryNumbering numbering;

  /** Which of the columns is the clock; -1 if none is. */
  private final int clock;

  private long given;
  private @Nullable List<CosemData> last;
  private long ofLastTime;
  private boolean ascending = true;

  /** Rows of the last time that are passed over when they come again. */
  private long toPass;

  /** Whether the next row has to be the last one. */
  private boolean toMeetLast;

  /**
   * Nothing has been read yet.
   *
   * @param rows which rows, none of them {@link ProfileSelection.Rows.Newest}
   * @param columns those that come
   */
  Resumption(
      ProfileSelection.Rows rows, EntryNumbering numbering, List<CaptureObjectDefinition> columns) {
    this.rows = rows;
    this.numbering = numbering;
    int found = -1;
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).attribute().classId() == Clock.CLASS.classId()
          && columns.get(i).attribute().attributeIndex() == 2) {
        found = i;
      }
    }
    this.clock = found;
  }

  /** How many rows have been given. */
  long given() {
    return given;
  }

  /**
   * Takes a row that has come.
   *
   * @return whether it is to be given
   * @throws DlmsException if the buffer has moved since the reading was cut off
   */
  boolean take(List<CosemData> row) {
    List<CosemData> before = last;
    if (toMeetLast) {
      if (!row.equals(before)) {
        throw moved();
      }
      toMeetLast = false;
      return false;
    }
    if (toPass > 0 && before != null) {
      if (row.get(clock).equals(before.get(clock))) {
        toPass--;
        return false;
      }
      toPass = 0;
    }
    if (clock >= 0) {
      ofLastTime = before != null && row.get(clock).equals(before.get(clock)) ? ofLastTime + 1 : 1;
      ascending &= follows(before == null ? null : before.get(clock), row.get(clock));
    }
    given++;
    last = row;
    return true;
  }

  /** Whether time does not run back between two rows, and is given in full. */
  private static boolean follows(@Nullable CosemData before, CosemData time) {
    Optional<LocalDateTime> to = local(time);
    return to.isPresent()
        && (before == null || local(before).filter(from -> !to.get().isBefore(from)).isPresent());
  }

  private static Optional<LocalDateTime> local(CosemData time) {
    try {
      CosemDateTime dateTime = time.dateTimeValue();
      return dateTime.toLocalDateTime();
    } catch (AxdrException e) {
      return Optional.empty();
    }
  }

  private static DlmsException moved() {
    return new DlmsException(
        DlmsException.Origin.REMOTE,
        DlmsException.Scope.REQUEST,
        "the reading was cut off, and cannot go on: the profile's buffer has moved meanwhile");
  }

  /** Every row has come: none of those that were to be met again may be missing. */
  void end() {
    if (toMeetLast) {
      throw moved();
    }
  }

  /**
   * Which rows are asked for now that the reading has been cut off.
   *
   * @return nothing if the reading cannot go on
   */
  Optional<ProfileSelection.Rows> next() {
    List<CosemData> from = last;
    if (from == null) {
      return Optional.of(rows);
    }
    if (rows instanceof ProfileSelection.Rows.Range range) {
      if (clock < 0 || !ascending || !isByClock(range)) {
        return Optional.empty();
      }
      toPass = ofLastTime;
      return Optional.of(
          new ProfileSelection.Rows.Range(range.column(), from.get(clock), range.to()));
    }
    Optional<ProfileSelection.Rows> next =
        rows instanceof ProfileSelection.Rows.Entries entries
            ? Optional.of(entriesFromLast(entries))
            : allFromLast();
    toMeetLast = next.isPresent();
    return next;
  }

  private static boolean isByClock(ProfileSelection.Rows.Range range) {
    CaptureObjectDefinition column = range.column();
    return column == null
        || (column.attribute().classId() == Clock.CLASS.classId()
            && column.attribute().attributeIndex() == 2);
  }

  private ProfileSelection.Rows entriesFromLast(ProfileSelection.Rows.Entries entries) {
    long from;
    if (numbering == EntryNumbering.OLDEST_IS_ONE) {
      from = Math.max(1, entries.from()) + given - 1;
    } else if (entries.from() < entries.to()) {
      from = entries.from() + given - 1;
    } else {
      from = entries.from() - given + 1;
    }
    return new ProfileSelection.Rows.Entries(Math.max(0, from), entries.to());
  }

  /** Of all rows the numbers are known only where the oldest is the first. */
  private Optional<ProfileSelection.Rows> allFromLast() {
    return numbering == EntryNumbering.OLDEST_IS_ONE
        ? Optional.of(new ProfileSelection.Rows.Entries(given, 0))
        : Optional.empty();
  }
}
