package io.dlms4j.cosem.acse;

import io.dlms4j.axdr.Octets;

/**
 * Application-context-name: how objects are referenced, and whether APDUs are ciphered (Green Book
 * 9.4.2.2.2).
 *
 * @param objectIdentifier contents octets of the OBJECT IDENTIFIER; names that this library does
 *     not know are kept as they came
 */
public record ApplicationContextName(Octets objectIdentifier) {
  /** Logical names, no ciphering: 2.16.756.5.8.1.1. */
  public static final ApplicationContextName LOGICAL_NAME_REFERENCING = ofContext(1);

  /** Short names, no ciphering: 2.16.756.5.8.1.2. */
  public static final ApplicationContextName SHORT_NAME_REFERENCING = ofContext(2);

  /** Logical names, with ciphering: 2.16.756.5.8.1.3. */
  public static final ApplicationContextName LOGICAL_NAME_REFERENCING_WITH_CIPHERING = ofContext(3);

  /** Short names, with ciphering: 2.16.756.5.8.1.4. */
  public static final ApplicationContextName SHORT_NAME_REFERENCING_WITH_CIPHERING = ofContext(4);

  /**
   * Checks the form.
   *
   * @throws IllegalArgumentException if these are not the contents of an OBJECT IDENTIFIER
   */
  public ApplicationContextName {
    ObjectIdentifiers.require(objectIdentifier);
  }

  /**
   * Whether objects are referenced by short names.
   *
   * @return true for contexts 2 and 4
   */
  public boolean hasShortNames() {
    return equals(SHORT_NAME_REFERENCING) || equals(SHORT_NAME_REFERENCING_WITH_CIPHERING);
  }

  /**
   * Whether objects are referenced by logical names.
   *
   * @return true for contexts 1 and 3
   */
  public boolean hasLogicalNames() {
    return equals(LOGICAL_NAME_REFERENCING) || equals(LOGICAL_NAME_REFERENCING_WITH_CIPHERING);
  }

  /**
   * Whether APDUs may be ciphered.
   *
   * @return true for contexts 3 and 4
   */
  public boolean hasCiphering() {
    return equals(LOGICAL_NAME_REFERENCING_WITH_CIPHERING)
        || equals(SHORT_NAME_REFERENCING_WITH_CIPHERING);
  }

  private static ApplicationContextName ofContext(int id) {
    return new ApplicationContextName(ObjectIdentifiers.dlms(ObjectIdentifiers.CONTEXT_NAME, id));
  }

  /** The name in words, or the octets of an unknown one. */
  @Override
  public String toString() {
    if (equals(LOGICAL_NAME_REFERENCING)) {
      return "Logical_Name_Referencing_No_Ciphering";
    } else if (equals(SHORT_NAME_REFERENCING)) {
      return "Short_Name_Referencing_No_Ciphering";
    } else if (equals(LOGICAL_NAME_REFERENCING_WITH_CIPHERING)) {
      return "Logical_Name_Referencing_With_Ciphering";
    } else if (equals(SHORT_NAME_REFERENCING_WITH_CIPHERING)) {
      return "Short_Name_Referencing_With_Ciphering";
    }
    return "unknown application-context-name " + objectIdentifier;
  }
}
