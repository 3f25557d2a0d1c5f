package io.dlms4j.cosem.acse;

import io.dlms4j.axdr.Octets;
import io.dlms4j.ber.BerException;
import io.dlms4j.ber.BerReader;

/**
 * Authentication-value: a password, or a challenge (Green Book 9.5, Authentication-value ::=
 * CHOICE). Passwords and challenges are octets of any value; DLMS sends them as a charstring. None
 * of these shows its value in its text.
 */
public sealed interface AuthenticationValue {
  /**
   * {@code charstring [0] IMPLICIT GraphicString}.
   *
   * @param octets the password or challenge
   */
  record Charstring(Octets octets) implements AuthenticationValue {
    /** Not the value. */
    @Override
    public String toString() {
      return "Charstring[not shown]";
    }
  }

  /**
   * {@code bitstring [1] IMPLICIT BIT STRING}.
   *
   * @param bits its contents octets: how many bits at the end are unused, then the bits
   */
  record BitString(Octets bits) implements AuthenticationValue {
    /**
     * Checks the form.
     *
     * @throws IllegalArgumentException if these are not the contents of a BIT STRING
     */
    public BitString {
      BitStrings.require(bits);
    }

    /** Not the value. */
    @Override
    public String toString() {
      return "BitString[not shown]";
    }
  }

  /**
   * {@code external [2] IMPLICIT EXTERNAL}.
   *
   * @param elements the BER elements in it, one after the other
   */
  record External(Octets elements) implements AuthenticationValue {
    /**
     * Checks the form.
     *
     * @throws IllegalArgumentException if these are not whole elements
     */
    public External {
      requireElements(elements);
    }

    /** Not the value. */
    @Override
    public String toString() {
      return "External[not shown]";
    }
  }

  /**
   * {@code other [3] IMPLICIT SEQUENCE}: the name of a mechanism and a value of the type that
   * belongs to it.
   *
   * @param mechanismName other-mechanism-name
   * @param element other-mechanism-value, one BER element with its tag
   */
  record Other(MechanismName mechanismName, Octets element) implements AuthenticationValue {
    /**
     * Checks the form.
     *
     * @throws IllegalArgumentException if this is not one whole element
     */
    public Other {
      if (requireElements(element) != 1) {
        throw new IllegalArgumentException("other-mechanism-value is one element");
      }
    }

    /** The mechanism, not the value. */
    @Override
    public String toString() {
      return "Other[mechanismName=" + mechanismName + "]";
    }
  }

  private static int requireElements(Octets elements) {
    int count = 0;
    try {
      for (BerReader reader = BerReader.of(elements); reader.hasRemaining(); count++) {
        reader.skip();
      }
    } catch (BerException e) {
      throw new IllegalArgumentException("these octets are not BER elements", e);
    }
    return count;
  }
}
