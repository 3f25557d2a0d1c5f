package io.dlms4j.omnipower.configuration;

/**
 * Which firmware a meter has, as far as that changes what its loggers hold (technical description
 * tables 11 and 15, data sheets "Load profile" and "Analysis logger").
 *
 * <p>The documents give days only. All the tables from before OMNIA 3.0 are 554400 octets over rows
 * of 17 octets and 4 for each energy; the newer ones are 574 KiB over rows of 18 and 4.
 */
public enum FirmwareGeneration {
  /** Of meters of variant 1. */
  BEFORE_OMNIA_3(554_400, 17, 16),
  /** OMNIA 3.0 and newer, and meters of variant 2. */
  OMNIA_3(574 * 1024, 18, 24);

  /** Sixty days of quarters of an hour, in Austria (newer data sheet, note to the load profile). */
  public static final int AUSTRIAN_ROWS = 60 * 96;

  private static final int ENERGY_OCTETS = 4;

  /**
   * The older data sheet has 520 days at most: an hour's rows with one register fill 256 KiB in
   * 520.1 days, if they are as long as those of the load profile.
   */
  private static final int ANALYSIS_OCTETS = 256 * 1024;

  private final int loadProfileOctets;
  private final int rowOctets;
  private final int analysisRegisters;

  FirmwareGeneration(int loadProfileOctets, int rowOctets, int analysisRegisters) {
    this.loadProfileOctets = loadProfileOctets;
    this.rowOctets = rowOctets;
    this.analysisRegisters = analysisRegisters;
  }

  /**
   * How many rows the load profile holds, whatever its period is.
   *
   * @param layout its energies
   * @return rows: 26400, 22176 and 16800 for one, two and four energies before OMNIA 3.0
   */
  public int loadProfileRows(LoadProfileLayout layout) {
    return loadProfileOctets / (rowOctets + ENERGY_OCTETS * layout.registers());
  }

  /**
   * How many registers the analysis logger captures at most, besides its first four columns.
   *
   * @return 16 or 24
   */
  public int analysisRegisters() {
    return analysisRegisters;
  }

  /**
   * How many rows the analysis logger holds. No document says it but for the range of 2.5 to 520
   * days, "depending on the configuration"; this gives its upper end, and stays within it.
   *
   * @param registers how many it captures besides its first four columns, 1 or more
   * @return rows
   * @throws IllegalArgumentException if there are none, or more than the meter captures
   */
  public int analysisRows(int registers) {
    if (registers < 1 || registers > analysisRegisters) {
      throw new IllegalArgumentException(
          "the analysis logger captures 1.." + analysisRegisters + " registers, not " + registers);
    }
    return ANALYSIS_OCTETS / (rowOctets + ENERGY_OCTETS * registers);
  }
}
