package io.dlms4j.server.description;

import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.ObisCode;
import io.dlms4j.cosem.acse.Conformance;
import io.dlms4j.cosem.association.ServerAssociationConfig;
import io.dlms4j.cosem.classes.Data;
import io.dlms4j.cosem.security.Password;
import io.dlms4j.server.LogicalDevice;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A whole device as it is described. */
record DevicePlan(int physicalAddress, List<Logical> logicalDevices) {
  private static final int MOST_ADDRESS = 16_381;
  private static final int MOST_SAP = 0x3FFF;
  private static final int MOST_NAME = 16;

  /** The most values that the profiles hold at the start. */
  private static final long MOST_PREFILLED = 10_000_000;

  private static final Set<Conformance> SERVICES =
      EnumSet.of(
          Conformance.PRIORITY_MGMT_SUPPORTED,
          Conformance.ATTRIBUTE0_SUPPORTED_WITH_GET,
          Conformance.BLOCK_TRANSFER_WITH_GET_OR_READ,
          Conformance.BLOCK_TRANSFER_WITH_SET_OR_WRITE,
          Conformance.BLOCK_TRANSFER_WITH_ACTION,
          Conformance.MULTIPLE_REFERENCES,
          Conformance.ACCESS,
          Conformance.GET,
          Conformance.SET,
          Conformance.SELECTIVE_ACCESS,
          Conformance.ACTION);

  /** What one client is offered. */
  record Association(int clientSap, ServerAssociationConfig config, Rights rights) {}

  /** A logical device. */
  record Logical(
      int sap, Octets name, Collection<ObjectPlan> objects, List<Association> associations) {
    LogicalDevice create(DeviceTime time, Instant birth, ProfileRows rows) {
      LogicalDevice.Builder device =
          LogicalDevice.builder(sap, name).readGuard(reads -> time.at(time.instant(), reads));
      ObjectPlan.Running running = new ObjectPlan.Running(time, birth, rows);
      objects.forEach(each -> device.object(each.create(running)));
      associations.forEach(
          each -> device.association(each.clientSap(), each.config(), each.rights()));
      return device.build();
    }

    List<ObjectPlan.Profile> profiles() {
      return objects.stream()
          .filter(ObjectPlan.Profile.class::isInstance)
          .map(ObjectPlan.Profile.class::cast)
          .toList();
    }
  }

  static DevicePlan read(Json json) {
    Json.Fields fields = json.fields(Set.of("physicalAddress", "zone", "logicalDevices"));
    int address = fields.number("physicalAddress", 1, MOST_ADDRESS, 1);
    if (address == 126 || address == 127) {
      throw fields.required("physicalAddress").fault(address + " is reserved");
    }
    ZoneId zone = zone(fields.get("zone"));
    List<Logical> devices = new ArrayList<>();
    Set<Integer> saps = new HashSet<>();
    Set<Octets> names = new HashSet<>();
    long prefilled = 0;
    for (Json each : fields.required("logicalDevices").someOf("logical device")) {
      Logical device = logical(each, zone);
      if (!saps.add(device.sap()) || !names.add(device.name())) {
        throw each.fault("another logical device has this sap or this name");
      }
      for (ObjectPlan.Profile profile : device.profiles()) {
        prefilled += (long) profile.prefill() * profile.columns().size();
      }
      if (prefilled > MOST_PREFILLED) {
        throw each.fault("profiles are prefilled with more than " + MOST_PREFILLED + " values");
      }
      devices.add(device);
    }
    return new DevicePlan(address, List.copyOf(devices));
  }

  private static ZoneId zone(@Nullable Json json) {
    if (json == null) {
      return ZoneOffset.UTC;
    }
    try {
      return ZoneId.of(json.text());
    } catch (DateTimeException e) {
      throw json.fault(Json.quoted(json.text()) + " is no time zone such as Europe/Berlin");
    }
  }

  private static Logical logical(Json json, ZoneId zone) {
    Json.Fields fields = json.fields(Set.of("sap", "name", "associations", "objects"));
    int sap = fields.required("sap").number(1, MOST_SAP);
    Json nameJson = fields.required("name");
    Octets name = Constants.ascii(nameJson);
    if (name.isEmpty() || name.length() > MOST_NAME) {
      throw nameJson.fault("a logical device name has 1 to 16 characters, not " + name.length());
    }
    Map<ObisCode, ObjectPlan> objects =
        new ObjectReader(zone).read(fields.required("objects"), deviceName(name));
    List<Association> associations = new ArrayList<>();
    Set<Integer> clients = new HashSet<>();
    for (Json each : fields.required("associations").someOf("association")) {
      Association association = association(each, objects);
      if (!clients.add(association.clientSap())) {
        throw each.fault("client " + association.clientSap() + " has an association already");
      }
      associations.add(association);
    }
    return new Logical(sap, name, List.copyOf(objects.values()), List.copyOf(associations));
  }

  /** The COSEM logical device name, which every logical device has (Blue Book 4.1.8.2). */
  private static ObjectPlan deviceName(Octets name) {
    return new ObjectPlan.Table(
        new ClassReference(Data.CLASS.classId(), Data.CLASS.version(), Data.CLASS),
        ObisCode.of("0.0.42.0.0.255"),
        new TreeMap<>(
            Map.of(
                2,
                new ObjectPlan.Slot(
                    new DescribedValue.Constant(CosemData.octetString(name)), Data.VALUE.type()))));
  }

  private static Association association(Json json, Map<ObisCode, ObjectPlan> objects) {
    Json.Fields fields =
        json.fields(Set.of("client", "mechanism", "password", "default", "rights", "methods"));
    int client = fields.required("client").number(1, 0xFFFF);
    ServerAssociationConfig.Builder config =
        ServerAssociationConfig.builder().conformance(SERVICES);
    Json mechanism = fields.get("mechanism");
    String by = mechanism == null ? "none" : mechanism.text();
    Json password = fields.get("password");
    if (mechanism != null && by.equals("low")) {
      Json secret = fields.required("password");
      String text = secret.text();
      if (text.isEmpty() || text.chars().anyMatch(each -> each > 0x7F)) {
        throw secret.fault("a password has one or more characters, all ASCII");
      }
      config.lowLevelSecurity(Password.ofText(text));
    } else if (mechanism != null && !by.equals("none")) {
      throw mechanism.fault("a mechanism is none or low");
    } else if (password != null) {
      throw password.fault("a password goes with the mechanism low");
    } else {
      config.lowestLevelSecurity();
    }
    return new Association(
        client,
        config.build(),
        Rights.read(fields.get("default"), fields.get("rights"), fields.get("methods"), objects));
  }
}
