package io.dlms4j.cosem.classes;

import java.util.List;
import java.util.Optional;

/** The interface classes that this library knows, by their numbers. */
public final class InterfaceClasses {
  /** Of each class the versions in ascending order. */
  private static final List<InterfaceClass> KNOWN =
      List.of(
          Data.CLASS,
          Register.CLASS,
          ExtendedRegister.CLASS,
          DemandRegister.CLASS,
          RegisterActivation.CLASS,
          ProfileGeneric.VERSION_0,
          ProfileGeneric.CLASS,
          Clock.CLASS,
          ScriptTable.CLASS,
          Schedule.CLASS,
          SpecialDaysTable.CLASS,
          AssociationSn.VERSION_0,
          AssociationSn.VERSION_1,
          AssociationSn.VERSION_2,
          AssociationSn.VERSION_3,
          AssociationSn.CLASS,
          AssociationLn.VERSION_0,
          AssociationLn.VERSION_1,
          AssociationLn.VERSION_2,
          AssociationLn.CLASS,
          SapAssignment.CLASS,
          ImageTransfer.CLASS,
          IecLocalPortSetup.VERSION_0,
          IecLocalPortSetup.CLASS,
          ActivityCalendar.CLASS,
          RegisterMonitor.CLASS,
          SingleActionSchedule.CLASS,
          IecHdlcSetup.VERSION_0,
          IecHdlcSetup.CLASS,
          PushSetup.VERSION_0,
          PushSetup.VERSION_1,
          PushSetup.CLASS,
          TcpUdpSetup.CLASS,
          Ipv4Setup.CLASS,
          SecuritySetup.VERSION_0,
          SecuritySetup.CLASS,
          DisconnectControl.CLASS,
          Limiter.CLASS);

  private InterfaceClasses() {}

  /**
   * All that are known.
   *
   * @return in ascending order of class_id and version
   */
  public static List<InterfaceClass> all() {
    return KNOWN;
  }

  /**
   * Finds a class by its number, in the newest version that is known.
   *
   * @param classId class_id
   * @return the class, or nothing if this library does not know it
   */
  public static Optional<InterfaceClass> ofId(int classId) {
    InterfaceClass found = null;
    for (InterfaceClass each : KNOWN) {
      if (each.classId() == classId) {
        found = each;
      }
    }
    return Optional.ofNullable(found);
  }

  /**
   * Finds a class by its number and version.
   *
   * @param classId class_id
   * @param version version of the class
   * @return the class, or nothing if this library does not know it in that version
   */
  public static Optional<InterfaceClass> of(int classId, int version) {
    return KNOWN.stream()
        .filter(each -> each.classId() == classId && each.version() == version)
        .findFirst();
  }
}
