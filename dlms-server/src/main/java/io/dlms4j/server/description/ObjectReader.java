package io.dlms4j.server.description;

import io.dlms4j.axdr.AxdrException;
import io.dlms4j.cosem.AttributeRef;
import io.dlms4j.cosem.ObisCode;
import io.dlms4j.cosem.ScalerUnit;
import io.dlms4j.cosem.Unit;
import io.dlms4j.cosem.classes.CaptureObjectDefinition;
import io.dlms4j.cosem.classes.ValueType;
import io.dlms4j.server.profile.SortMethod;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads the objects of one logical device. Used by one thread. */
final class ObjectReader {
  /** The most rows of a profile. */
  static final int MOST_ENTRIES = 100_000;

  private static final int PROFILE_GENERIC = 7;
  private static final int PROFILE_VERSION = 1;

  /** A hundred years: further back dates have odd years. */
  private static final long LONGEST_PREFILL = 3_155_760_000L;

  /** Those that the server makes itself. */
  private static final Set<ObisCode> SERVERS_OWN =
      Set.of(ObisCode.of("0.0.40.0.0.255"), ObisCode.of("0.0.41.0.0.255"));

  private static final Set<String> OBJECT =
      Set.of("class", "version", "obis", "attributes", "value", "scaler", "unit");
  private static final Set<String> PROFILE =
      Set.of("class", "version", "obis", "columns", "capturePeriod", "entries", "sort", "prefill");

  private final ZoneId zone;

  /** In the order of the description; null where a profile waits for its columns' objects. */
  private final Map<ObisCode, @Nullable ObjectPlan> plans = new LinkedHashMap<>();

  ObjectReader(ZoneId zone) {
    this.zone = zone;
  }

  /**
   * Reads them all.
   *
   * @param first an object that is there unless it is described
   */
  Map<ObisCode, ObjectPlan> read(Json json, ObjectPlan first) {
    record Waiting(Json.Fields fields, ClassReference type, ObisCode name) {}
    List<Waiting> profiles = new ArrayList<>();
    for (Json each : json.list()) {
      Map<String, Json> map = each.map();
      Json.Fields any = new Json.Fields(each, map);
      ClassReference type = ClassReference.read(any.required("class"), any.get("version"));
      boolean isProfile = type.classId() == PROFILE_GENERIC;
      Json.Fields fields = each.fields(isProfile ? PROFILE : OBJECT);
      ObisCode name = fields.required("obis").obis();
      if (SERVERS_OWN.contains(name)) {
        throw fields.required("obis").fault(name + " is there without being described");
      }
      if (plans.containsKey(name)) {
        throw fields.required("obis").fault("there is an object " + name + " already");
      }
      if (isProfile) {
        profiles.add(new Waiting(fields, type, name));
      }
      plans.put(name, isProfile ? null : table(fields, type, name));
    }
    plans.putIfAbsent(first.logicalName(), first);
    Map<ObisCode, ObjectPlan> all = new LinkedHashMap<>();
    for (Waiting each : profiles) {
      all.put(each.name(), profile(each.fields(), each.type(), each.name()));
    }
    Map<ObisCode, ObjectPlan> inOrder = new LinkedHashMap<>();
    for (Map.Entry<ObisCode, @Nullable ObjectPlan> each : plans.entrySet()) {
      ObjectPlan plan = each.getValue() == null ? all.get(each.getKey()) : each.getValue();
      if (plan != null) {
        inOrder.put(each.getKey(), plan);
      }
    }
    return inOrder;
  }

  private ObjectPlan table(Json.Fields fields, ClassReference type, ObisCode name) {
    SortedMap<Integer, ObjectPlan.Slot> slots = new TreeMap<>();
    Json attributes = fields.get("attributes");
    if (attributes != null) {
      for (Map.Entry<String, Json> each : attributes.map().entrySet()) {
        Json json = each.getValue();
        put(slots, type, type.attributeIndex(each.getKey(), json), Values.read(json, zone), json);
      }
    }
    Json value = fields.get("value");
    if (value != null) {
      int index = type.named("value").orElseThrow(() -> value.fault("the class has no value"));
      put(slots, type, index, Values.read(value, zone), value);
    }
    Json scaler = fields.get("scaler");
    Json unit = fields.get("unit");
    Json either = scaler == null ? unit : scaler;
    if (either != null) {
      int index =
          type.named("scaler_unit").orElseThrow(() -> either.fault("the class has no scaler_unit"));
      ScalerUnit scalerUnit =
          new ScalerUnit(
              scaler == null ? 0 : scaler.number(Byte.MIN_VALUE, Byte.MAX_VALUE),
              unit == null ? Unit.NONE : unit(unit));
      put(slots, type, index, new DescribedValue.Constant(scalerUnit.encode()), either);
    }
    return new ObjectPlan.Table(type, name, slots);
  }

  private static Unit unit(Json json) {
    if (json.isNumber()) {
      return Unit.of(json.number(0, 0xFF));
    }
    String symbol = json.text();
    return Unit.values().stream()
        .filter(each -> each.symbol().equals(symbol))
        .findFirst()
        .orElseThrow(
            () -> json.fault(Json.quoted(symbol) + " is no unit such as Wh; give its number"));
  }

  private static void put(
      SortedMap<Integer, ObjectPlan.Slot> slots,
      ClassReference type,
      int index,
      DescribedValue value,
      Json json) {
    if (index == 1) {
      throw json.fault("attribute 1, logical_name, is the obis of the object");
    }
    ValueType<?> declared = type.type(index);
    if (declared != null) {
      try {
        declared.decodeExactly(value.at(Instant.EPOCH, Instant.EPOCH));
      } catch (AxdrException e) {
        throw json.fault("this is no " + declared.name() + ": " + e.getMessage());
      }
    }
    if (slots.putIfAbsent(index, new ObjectPlan.Slot(value, declared)) != null) {
      throw json.fault("attribute " + index + " is given twice");
    }
  }

  private ObjectPlan.Profile profile(Json.Fields fields, ClassReference type, ObisCode name) {
    if (type.version() != PROFILE_VERSION) {
      throw fields.required("version").fault("profiles are of version " + PROFILE_VERSION);
    }
    List<CaptureObjectDefinition> columns = new ArrayList<>();
    for (Json each : fields.required("columns").someOf("column")) {
      CaptureObjectDefinition column = column(each);
      if (columns.contains(column)) {
        throw each.fault("the column is there already");
      }
      columns.add(column);
    }
    Json periodJson = fields.get("capturePeriod");
    long period = periodJson == null ? 0 : periodJson.number(0, 0xFFFF_FFFFL);
    int entries = fields.required("entries").number(1, MOST_ENTRIES);
    int prefill = 0;
    Json prefillJson = fields.get("prefill");
    if (prefillJson != null) {
      prefill = prefillJson.number(0, entries);
      if (prefill > 0 && period == 0) {
        throw prefillJson.fault("rows of the past need a capturePeriod");
      }
      if (prefill * period > LONGEST_PREFILL) {
        throw prefillJson.fault("the first row would be more than 100 years old");
      }
    }
    return new ObjectPlan.Profile(
        type, name, List.copyOf(columns), period, entries, sort(fields.get("sort")), prefill);
  }

  private static SortMethod sort(@Nullable Json json) {
    if (json == null) {
      return SortMethod.FIFO;
    }
    return switch (json.text()) {
      case "fifo" -> SortMethod.FIFO;
      case "lifo" -> SortMethod.LIFO;
      default -> throw json.fault("rows are sorted fifo or lifo");
    };
  }

  private CaptureObjectDefinition column(Json json) {
    Json.Fields fields = json.fields(Set.of("obis", "attribute", "dataIndex"));
    Json obis = fields.required("obis");
    ObisCode name = obis.obis();
    ObjectPlan object = plans.get(name);
    if (object == null) {
      throw obis.fault(
          plans.containsKey(name) ? name + " is a profile" : "no object " + name + " is described");
    }
    Json attribute = fields.required("attribute");
    int index = object.type().attributeIndex(attribute);
    if (!object.has(index)) {
      throw attribute.fault("attribute " + index + " of " + name + " is not described");
    }
    return new CaptureObjectDefinition(
        new AttributeRef(object.type().classId(), name, index),
        fields.number("dataIndex", 0, 0xFFFF, 0));
  }
}
