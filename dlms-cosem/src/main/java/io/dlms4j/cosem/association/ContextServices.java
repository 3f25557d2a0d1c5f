package io.dlms4j.cosem.association;

import io.dlms4j.cosem.acse.ApplicationContextName;
import io.dlms4j.cosem.acse.Conformance;
import io.dlms4j.cosem.apdu.InitiateResponse;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/** What can be configured and negotiated in an association: the rules that both sides share. */
final class ContextServices {
  /** Octets of a system title (Green Book 4.3). */
  static final int SYSTEM_TITLE_LENGTH = 8;

  private static final int GREATEST_USER_ID = 0xFF;

  private static final Set<Conformance> SERVICES =
      Set.of(
          Conformance.GET,
          Conformance.SET,
          Conformance.ACTION,
          Conformance.ACCESS,
          Conformance.EVENT_NOTIFICATION,
          Conformance.DATA_NOTIFICATION,
          Conformance.READ,
          Conformance.WRITE,
          Conformance.UNCONFIRMED_WRITE,
          Conformance.INFORMATION_REPORT);

  private ContextServices() {}

  /** The context of these names, with or without ciphering. */
  static ApplicationContextName context(boolean shortNames, boolean ciphered) {
    if (shortNames) {
      return ciphered
          ? ApplicationContextName.SHORT_NAME_REFERENCING_WITH_CIPHERING
          : ApplicationContextName.SHORT_NAME_REFERENCING;
    }
    return ciphered
        ? ApplicationContextName.LOGICAL_NAME_REFERENCING_WITH_CIPHERING
        : ApplicationContextName.LOGICAL_NAME_REFERENCING;
  }

  /**
   * Refuses services that a context does not have. Where messages are ciphered, general protection
   * is one of them without being named: services without a ciphered form of their own need it.
   */
  static Set<Conformance> require(Set<Conformance> services, ApplicationContextName name) {
    for (Conformance service : services) {
      if (!service.isOf(name)) {
        throw new IllegalArgumentException(service + " is no service of " + name);
      }
    }
    if (!name.hasCiphering() || services.isEmpty()) {
      return Set.copyOf(services);
    }
    Set<Conformance> all = EnumSet.copyOf(services);
    all.add(Conformance.GENERAL_PROTECTION);
    return Set.copyOf(all);
  }

  /** Refuses numbers that no user of a user_list can have (Blue Book, user_list: unsigned). */
  static int requireUser(int id) {
    if (id < 0 || id > GREATEST_USER_ID) {
      throw new IllegalArgumentException("a user of number " + id + " is not within 0..255");
    }
    return id;
  }

  /** Whether anything can be asked or told: block transfer, for one, is no service by itself. */
  static boolean hasService(Set<Conformance> negotiated) {
    return !Collections.disjoint(negotiated, SERVICES);
  }

  /** The name of the virtual application association that an InitiateResponse tells. */
  static int vaaName(ApplicationContextName name) {
    return name.hasShortNames() ? InitiateResponse.VAA_NAME_SN : InitiateResponse.VAA_NAME_LN;
  }
}
