package io.dlms4j.omnipower.configuration;

/** Which energies the load profile keeps (X9, Z29; technical description table 11). */
public enum LoadProfileLayout {
  /** Active import. */
  A_PLUS("A+"),
  /** Active import and export. */
  A_PLUS_A_MINUS("A+/A-"),
  /** Active import and reactive import. */
  A_PLUS_R_PLUS("A+/R+"),
  /** Active import and inductive reactive import. */
  A_PLUS_R1("A+/R1"),
  /** The four main energies. */
  FOUR_ENERGIES("A+/A-/R+/R-"),
  /** Active energies, and reactive energy by quadrant. */
  ACTIVE_AND_QUADRANTS("A+/A-/R1/R2/R3/R4"),
  /** The four main energies, and reactive energy by quadrant. */
  FOUR_ENERGIES_AND_QUADRANTS("A+/A-/R+/R-/R1/R2/R3/R4");

  private final String energies;

  LoadProfileLayout(String energies) {
    this.energies = energies;
  }

  /**
   * The energies as the documents write them, by which the catalogue names the layout.
   *
   * @return {@code A+/A-} and the like
   */
  public String energies() {
    return energies;
  }

  /**
   * How many energies it keeps.
   *
   * @return 1..8
   */
  public int registers() {
    return (int) energies.chars().filter(each -> each == '/').count() + 1;
  }
}
