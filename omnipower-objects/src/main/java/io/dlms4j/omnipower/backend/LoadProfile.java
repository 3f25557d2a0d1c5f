package io.dlms4j.omnipower.backend;

import java.util.List;
import java.util.function.Supplier;

/**
 * The load profile of a meter (interface class 7, 1.1.99.1.0; DLMS description 3.4, technical
 * description 4.5.1): one row at the end of each integration period, the newest ones kept.
 */
public interface LoadProfile {
  /**
   * The integration period (attribute 4, capture_period).
   *
   * @return seconds: 900, 1800 or 3600
   */
  int capturePeriod();

  /**
   * The energies of a row.
   *
   * @return in the order of the row's columns, without repetition
   */
  List<EnergyKind> energies();

  /**
   * How many rows there are (attribute 7, entries_in_use).
   *
   * @return 0..{@link #profileEntries()}
   */
  int entriesInUse();

  /**
   * How many rows there is room for (attribute 8, profile_entries); the oldest is overwritten then.
   *
   * @return the depth in rows; 0 if the meter has no load profile
   */
  int profileEntries();

  /**
   * The rows of a time range (access selector 1), oldest first.
   *
   * @param from the earliest time stamp, in seconds of normal time, inclusive
   * @param to the latest time stamp, inclusive
   * @return the rows, none if {@code from} is after {@code to}
   */
  LoadProfileSelection between(long from, long to);

  /**
   * The rows of an entry range (access selector 2) as this meter counts entries (DLMS description
   * 3.4.3.1, unlike the Blue Book): 0 is the newest, and rows come in the order from the first
   * entry to the second, so {@code entries(1, 3)} runs backwards in time and {@code entries(1, 0)}
   * forwards. Entries that are not in use are left out.
   *
   * @param from the first entry; Unsigned32
   * @param to the last entry; Unsigned32
   * @return the rows
   * @throws IllegalArgumentException if an entry is negative
   */
  LoadProfileSelection entries(long from, long to);

  /**
   * All rows (access selector 0), oldest first.
   *
   * @return the rows
   */
  default LoadProfileSelection all() {
    return between(Long.MIN_VALUE, Long.MAX_VALUE);
  }

  /**
   * A load profile whose rows are kept somewhere else, for backends that have them in a list.
   *
   * @param capturePeriod the integration period, in seconds
   * @param energies the energies of a row, in order, copied
   * @param profileEntries how many rows there is room for
   * @param rows gives all rows there are, oldest first, as a list that does not change any more;
   *     asked anew for every selection, on the thread that selects
   * @return the load profile
   */
  static LoadProfile of(
      int capturePeriod,
      List<EnergyKind> energies,
      int profileEntries,
      Supplier<List<LoadProfileRow>> rows) {
    return new ListedLoadProfile(capturePeriod, energies, profileEntries, rows);
  }
}
