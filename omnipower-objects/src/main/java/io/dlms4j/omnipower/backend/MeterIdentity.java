package io.dlms4j.omnipower.backend;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Numbers and names of a meter (DLMS description 3.1). What a builder is not given has the value of
 * the vendor's examples.
 *
 * @param meterNumber1 meter number, may be reprogrammed; Unsigned32
 * @param meterNumber2 second meter number; Unsigned32
 * @param meterNumber3 third meter number; Unsigned32
 * @param serialNumber serial number, never changes; Unsigned32
 * @param identificationNumber identification text, 1 to 32 printable ASCII characters
 * @param softwareNumber firmware number; Unsigned32
 * @param softwareRevision firmware revision, 1 to 8 printable ASCII characters
 * @param typeNumber complete type number, 1 to 32 printable ASCII characters
 * @param specialData1 customer's data; Unsigned32
 * @param specialData2 customer's data; Unsigned32
 */
public record MeterIdentity(
    long meterNumber1,
    long meterNumber2,
    long meterNumber3,
    long serialNumber,
    String identificationNumber,
    long softwareNumber,
    String softwareRevision,
    String typeNumber,
    long specialData1,
    long specialData2) {

  private static final int MAX_TEXT = 32;
  private static final int MAX_REVISION = 8;

  /** Refuses what does not fit its object, with an {@link IllegalArgumentException}. */
  public MeterIdentity {
    checkNumber("meterNumber1", meterNumber1);
    checkNumber("meterNumber2", meterNumber2);
    checkNumber("meterNumber3", meterNumber3);
    checkNumber("serialNumber", serialNumber);
    checkText("identificationNumber", identificationNumber, MAX_TEXT);
    checkNumber("softwareNumber", softwareNumber);
    checkText("softwareRevision", softwareRevision, MAX_REVISION);
    checkText("typeNumber", typeNumber, MAX_TEXT);
    checkNumber("specialData1", specialData1);
    checkNumber("specialData2", specialData2);
  }

  private static void checkNumber(String what, long value) {
    if (value < 0 || value > 0xFFFF_FFFFL) {
      throw new IllegalArgumentException(what + " " + value + " is not an Unsigned32");
    }
  }

  private static void checkText(String what, String text, int max) {
    if (text.isEmpty() || text.length() > max) {
      throw new IllegalArgumentException(what + " does not have 1 to " + max + " characters");
    }
    if (text.chars().anyMatch(c -> c < ' ' || c > '~')) {
      throw new IllegalArgumentException(what + " is not printable ASCII");
    }
  }

  /**
   * The low meter number (1.1.0.0.0): the three high octets of {@link #meterNumber1()}.
   *
   * @return 0..2^24-1
   */
  public int meterNumberLow() {
    return (int) (meterNumber1 >>> 8);
  }

  /**
   * Firmware number and revision in one text (1.1.0.2.0), like {@code 5098736-Q1}.
   *
   * @return the two with a hyphen between them
   */
  public String softwareNumberAndRevision() {
    return softwareNumber + "-" + softwareRevision;
  }

  /**
   * Begins a new identity.
   *
   * @return a builder with the values of the vendor's examples
   */
  public static Builder builder() {
    return new Builder();
  }

  /** Collects an identity. Its methods keep what they are given; {@link #build} checks it. */
  public static final class Builder {
    private static final long EXAMPLE_SERIAL_NUMBER = 17_882_969;

    private @Nullable Long meterNumber1;
    private long meterNumber2;
    private long meterNumber3;
    private long serialNumber = EXAMPLE_SERIAL_NUMBER;
    private @Nullable String identificationNumber;
    private long softwareNumber = 5_098_736;
    private String softwareRevision = "Q1";
    private String typeNumber = "6841138BN143002084";
    private long specialData1;
    private long specialData2;

    private Builder() {}

    /**
     * Sets the meter number; without it, the serial number, as in the examples.
     *
     * @param value Unsigned32
     * @return this
     */
    public Builder meterNumber1(long value) {
      meterNumber1 = value;
      return this;
    }

    /**
     * Sets the second meter number; 0 without it.
     *
     * @param value Unsigned32
     * @return this
     */
    public Builder meterNumber2(long value) {
      meterNumber2 = value;
      return this;
    }

    /**
     * Sets the third meter number; 0 without it.
     *
     * @param value Unsigned32
     * @return this
     */
    public Builder meterNumber3(long value) {
      meterNumber3 = value;
      return this;
    }

    /**
     * Sets the serial number; 17882969 without it.
     *
     * @param value Unsigned32
     * @return this
     */
    public Builder serialNumber(long value) {
      serialNumber = value;
      return this;
    }

    /**
     * Sets the identification text; without it, {@code 1KAS} and ten digits of the serial number,
     * as in the example of the public association.
     *
     * @param value 1 to 32 printable ASCII characters
     * @return this
     */
    public Builder identificationNumber(String value) {
      identificationNumber = value;
      return this;
    }

    /**
     * Sets the firmware number and revision; 5098736 and Q1 without them.
     *
     * @param number Unsigned32
     * @param revision 1 to 8 printable ASCII characters
     * @return this
     */
    public Builder software(long number, String revision) {
      softwareNumber = number;
      softwareRevision = revision;
      return this;
    }

    /**
     * Sets the complete type number; 6841138BN143002084 without it.
     *
     * @param value 1 to 32 printable ASCII characters
     * @return this
     */
    public Builder typeNumber(String value) {
      typeNumber = value;
      return this;
    }

    /**
     * Sets the customer's data; 0 without them.
     *
     * @param first Unsigned32
     * @param second Unsigned32
     * @return this
     */
    public Builder specialData(long first, long second) {
      specialData1 = first;
      specialData2 = second;
      return this;
    }

    /**
     * Makes the identity.
     *
     * @return the identity
     * @throws IllegalArgumentException if a value does not fit its object
     */
    public MeterIdentity build() {
      return new MeterIdentity(
          meterNumber1 != null ? meterNumber1 : serialNumber,
          meterNumber2,
          meterNumber3,
          serialNumber,
          identificationNumber != null
              ? identificationNumber
              : String.format(Locale.ROOT, "1KAS%010d", serialNumber),
          softwareNumber,
          softwareRevision,
          typeNumber,
          specialData1,
          specialData2);
    }
  }
}
