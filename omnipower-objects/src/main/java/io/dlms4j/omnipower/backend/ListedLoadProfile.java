package io.dlms4j.omnipower.backend;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** A load profile whose rows are at hand in a list. */
final class ListedLoadProfile implements LoadProfile {
  private final int capturePeriod;
  private final List<EnergyKind> energies;
  private final int profileEntries;
  private final Supplier<List<LoadProfileRow>> rows;

  ListedLoadProfile(
      int capturePeriod,
      List<EnergyKind> energies,
      int profileEntries,
      Supplier<List<LoadProfileRow>> rows) {
    this.capturePeriod = capturePeriod;
    this.energies = List.copyOf(energies);
    this.profileEntries = profileEntries;
    this.rows = rows;
  }

  @Override
  public int capturePeriod() {
    return capturePeriod;
  }

  @Override
  public List<EnergyKind> energies() {
    return energies;
  }

  @Override
  public int entriesInUse() {
    return rows.get().size();
  }

  @Override
  public int profileEntries() {
    return profileEntries;
  }

  @Override
  public LoadProfileSelection between(long from, long to) {
    return LoadProfileSelection.of(
        rows.get().stream().filter(row -> row.time() >= from && row.time() <= to).toList());
  }

  @Override
  public LoadProfileSelection entries(long from, long to) {
    if (from < 0 || to < 0) {
      throw new IllegalArgumentException("entries " + from + ".." + to + " are not Unsigned32");
    }
    List<LoadProfileRow> all = rows.get();
    int newest = all.size() - 1;
    List<LoadProfileRow> chosen = new ArrayList<>();
    if (from >= to) {
      for (long entry = Math.min(from, newest); entry >= to; entry--) {
        chosen.add(all.get((int) (newest - entry)));
      }
    } else {
      for (long entry = from; entry <= Math.min(to, newest); entry++) {
        chosen.add(all.get((int) (newest - entry)));
      }
    }
    return LoadProfileSelection.of(chosen);
  }
}
