package io.dlms4j.server.profile;

import io.dlms4j.axdr.CosemData;
import io.dlms4j.cosem.classes.CaptureObjectDefinition;
import java.util.Optional;

/**
 * Where the rows of a profile are kept: what an application implements to offer its own rows, in a
 * data base or a file, as a Profile generic object. Called on the threads of the lines, by several
 * at once, and must not block for long.
 *
 * @param <R> a row
 */
public interface RowSource<R> {
  /**
   * The rows that there are now, in the order of the buffer: oldest first, unless the profile is
   * sorted otherwise.
   *
   * @return all rows in use
   */
  Rows<R> rows();

  /**
   * How many rows there are (attribute 7, entries_in_use).
   *
   * @return 0 or more
   */
  default long size() {
    return rows().size();
  }

  /**
   * How many rows there is room for (attribute 8, profile_entries).
   *
   * @return 0 or more
   */
  long capacity();

  /**
   * Finds the rows of a range by an index that the source has; unless overridden it has none, and
   * {@link ProfileObject} looks for them itself.
   *
   * @param column the column that is compared, which is one of the profile's
   * @param from the least value, inclusive
   * @param to the greatest value, inclusive
   * @return the rows in the order of the buffer; nothing if the source has no index for that
   * @throws io.dlms4j.axdr.AxdrException if the values are of another type than the column
   */
  default Optional<Rows<R>> between(CaptureObjectDefinition column, CosemData from, CosemData to) {
    return Optional.empty();
  }
}
