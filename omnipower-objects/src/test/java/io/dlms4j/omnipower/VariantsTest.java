package io.dlms4j.omnipower;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.DataTag;
import io.dlms4j.client.BlockingDlmsClient;
import io.dlms4j.client.DlmsClientBuilder;
import io.dlms4j.cosem.AttributeRef;
import io.dlms4j.cosem.DataAccessException;
import io.dlms4j.cosem.DataAccessResult;
import io.dlms4j.cosem.ScalerUnit;
import io.dlms4j.cosem.acse.Conformance;
import io.dlms4j.cosem.classes.ObjectListElement;
import io.dlms4j.omnipower.catalogue.Catalogue;
import io.dlms4j.omnipower.catalogue.CatalogueEntry;
import io.dlms4j.omnipower.catalogue.CatalogueEntry.Access;
import io.dlms4j.omnipower.catalogue.EnergyResolution;
import io.dlms4j.omnipower.catalogue.MeterVariant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Each variant of the meter as its clients see it over HDLC and the wrapper: every object of the
 * vendor's list, with its rights and the types of its values.
 */
class VariantsTest {
  /** What the vendor's documents say of the attributes of a class; of the others, see below. */
  private static final Map<Integer, String> RIGHTS =
      Map.of(
          8, "1R 2RW 3R 4R 5R 6R 7R 8RW 9R",
          15, "1R 2R 3R 4R 5R 6R 7W 8R",
          17, "1R 2R",
          18, "1R 2RW 3R 4R 5R 6R 7R");

  /** Numbers that the backend knows; of the others there are the defaults. */
  private static final Map<String, Long> IDENTITY =
      Map.of("MeterNo1", 17_882_969L, "SerialNo", 17_882_969L);

  private static MeterOnLines lines(MeterVariant variant) {
    return new MeterOnLines(
        OmnipowerMeter.of(new TestMeter().resolution(EnergyResolution.DIGITS_7_1))
            .variant(variant)
            .build());
  }

  private static void onBothLines(
      MeterVariant variant, OmnipowerAssociation association, Consumer<BlockingDlmsClient> test) {
    try (MeterOnLines lines = lines(variant)) {
      for (DlmsClientBuilder builder :
          List.of(lines.hdlc(association), lines.wrapper(association))) {
        try (BlockingDlmsClient client = builder.connect().blocking()) {
          test.accept(client);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(MeterVariant.class)
  void link04ThePublicAssociationSeesItsFewObjectsAndOnlyReads(MeterVariant variant) {
    List<String> due = new ArrayList<>();
    for (CatalogueEntry entry : Catalogue.of(variant).entries()) {
      if (entry.publicIn().contains(variant)) {
        due.add(
            name(entry) + " " + readOnly(attributes(entry, OmnipowerAssociation.PUBLIC, variant)));
      }
    }
    due.sort(null);
    assertEquals(variant.isOmnipower() ? 15 : 14, due.size());
    onBothLines(
        variant,
        OmnipowerAssociation.PUBLIC,
        client -> {
          assertEquals(due, objectList(client));
          assertEquals(0x001010, Conformance.toBits(client.context().conformance()));
          DataAccessException hidden =
              assertThrows(
                  DataAccessException.class,
                  () -> client.get(AttributeRef.of(3, "1.1.1.8.0.255", 2)));
          assertEquals(DataAccessResult.OBJECT_UNDEFINED, hidden.result());
        });
  }

  private static String readOnly(String rights) {
    return rights.replace("RW", "R").replace(" 7W", "");
  }

  @ParameterizedTest
  @EnumSource(MeterVariant.class)
  void link05AssociationsWithPasswordSeeTheWholeCatalogueWithItsRights(MeterVariant variant) {
    for (OmnipowerAssociation association : OmnipowerAssociation.values()) {
      if (association != OmnipowerAssociation.PUBLIC) {
        List<String> due = catalogue(variant, association);
        onBothLines(
            variant,
            association,
            client -> {
              assertEquals(due, objectList(client));
            });
      }
    }
  }

  private static List<String> catalogue(MeterVariant variant, OmnipowerAssociation association) {
    return Catalogue.of(variant).entries().stream()
        .filter(entry -> entry.access() != Access.CAPTURED_ONLY)
        .map(entry -> name(entry) + " " + attributes(entry, association, variant))
        .sorted()
        .toList();
  }

  private static String name(CatalogueEntry entry) {
    return entry.classId() + " v" + entry.version() + " " + entry.logicalName();
  }

  /** The rights of the vendor's tables, and in REG-16 which attributes there are. */
  private static String attributes(
      CatalogueEntry entry, OmnipowerAssociation association, MeterVariant variant) {
    String value =
        switch (entry.access()) {
          case READ_AND_WRITE -> "RW";
          case WRITE -> "W";
          case READ_AND_WRITE_BY_PRIMARY_MODULE ->
              association == OmnipowerAssociation.PRIMARY_MODULE ? "RW" : "R";
          default -> "R";
        };
    return switch (entry.classId()) {
      case 1 -> "1R 2" + value;
      case 3 -> "1R 2" + value + " 3R";
      case 4 -> "1R 2" + value + " 3R 5R";
      case 7 ->
          switch (entry.name()) {
            case "Load Profile logger", "Analysis logger" -> "1R 2R 3R 4RW 5R 6R 7R 8R";
            case "Billing logger" -> "1R 2R 3R 4R 5R 6R 7R 8R 2M";
            default -> "1R 2R 3R 4R 5R 6R 7R 8R";
          };
      case 18 -> RIGHTS.get(18) + " 1M 2M 3M 4M";
      case 23 ->
          variant.isOmnipower()
              ? "1R 2R 3R 4R 5R 6R 7RW 8RW 9RW"
              : "1R 2R 3RW 4RW 5RW 6RW 7RW 8RW 9RW";
      default -> Objects.requireNonNull(RIGHTS.get(entry.classId()), "" + entry);
    };
  }

  private static List<String> objectList(BlockingDlmsClient client) {
    return client.associationView().objects().stream()
        .map(
            each ->
                each.classId()
                    + " v"
                    + each.version()
                    + " "
                    + each.logicalName()
                    + " "
                    + rights(each))
        .sorted()
        .toList();
  }

  private static String rights(ObjectListElement object) {
    String attributes =
        object.attributeAccess().stream()
            .filter(each -> !each.accessMode().isNoAccess())
            .map(
                each ->
                    each.attributeIndex()
                        + (each.accessMode().mayRead() ? "R" : "")
                        + (each.accessMode().mayWrite() ? "W" : ""))
            .collect(Collectors.joining(" "));
    return attributes
        + object.methodAccess().stream()
            .filter(each -> each.accessMode().mayInvoke())
            .map(each -> " " + each.methodIndex() + "M")
            .collect(Collectors.joining());
  }

  @ParameterizedTest
  @EnumSource(MeterVariant.class)
  void reg16EveryReadableAttributeOfEveryObjectIsReadWithItsType(MeterVariant variant) {
    Catalogue catalogue = Catalogue.of(variant);
    for (OmnipowerAssociation association :
        List.of(OmnipowerAssociation.PUBLIC, OmnipowerAssociation.OPTICAL)) {
      onBothLines(
          variant,
          association,
          client -> {
            int read = 0;
            for (ObjectListElement object : client.associationView().objects()) {
              CatalogueEntry entry = catalogue.find(object.logicalName()).orElseThrow();
              for (ObjectListElement.AttributeAccess access : object.attributeAccess()) {
                if (access.accessMode().mayRead()) {
                  readOne(client, entry, access.attributeIndex());
                  read++;
                }
              }
            }
            assertTrue(read > client.associationView().objects().size());
          });
    }
  }

  private static void readOne(BlockingDlmsClient client, CatalogueEntry entry, int attribute) {
    CosemData value = client.get(new AttributeRef(entry.classId(), entry.logicalName(), attribute));
    String what = entry + " attribute " + attribute;
    assertEquals(attribute == 1 ? DataTag.OCTET_STRING : type(entry, attribute), value.tag(), what);
    if (attribute == 1) {
      assertEquals(entry.logicalName().toOctets(), value.octetStringValue());
    } else if (attribute == 3 && (entry.classId() == 3 || entry.classId() == 4)) {
      assertEquals(
          new ScalerUnit(Objects.requireNonNullElse(entry.scaler(), 2), entry.unit()),
          ScalerUnit.decode(value),
          what);
    } else if (attribute == 2 && entry.holdsNumber() && entry.access() != Access.WRITE) {
      long due = Objects.requireNonNullElse(entry.defaultValue(), 0L);
      assertEquals(IDENTITY.getOrDefault(entry.name(), due), value.integralValue(), what);
    }
  }

  private static DataTag type(CatalogueEntry entry, int attribute) {
    Map<Integer, DataTag> types =
        switch (entry.classId()) {
          case 1 -> Map.of(2, Objects.requireNonNull(entry.type()));
          case 3 -> Map.of(2, Objects.requireNonNull(entry.type()), 3, DataTag.STRUCTURE);
          case 4 ->
              Map.of(
                  2, Objects.requireNonNull(entry.type()),
                  3, DataTag.STRUCTURE,
                  5, DataTag.OCTET_STRING);
          case 7 ->
              Map.of(
                  2, DataTag.ARRAY,
                  3, DataTag.ARRAY,
                  4, DataTag.DOUBLE_LONG_UNSIGNED,
                  5, DataTag.ENUM,
                  6, DataTag.STRUCTURE,
                  7, DataTag.DOUBLE_LONG_UNSIGNED,
                  8, DataTag.DOUBLE_LONG_UNSIGNED);
          case 8 ->
              Map.of(
                  2, DataTag.OCTET_STRING,
                  3, DataTag.LONG,
                  4, DataTag.UNSIGNED,
                  5, DataTag.OCTET_STRING,
                  6, DataTag.OCTET_STRING,
                  7, DataTag.INTEGER,
                  8, DataTag.BOOLEAN,
                  9, DataTag.ENUM);
          case 15 ->
              Map.of(
                  2, DataTag.ARRAY,
                  3, DataTag.STRUCTURE,
                  4, DataTag.OCTET_STRING,
                  5, DataTag.STRUCTURE,
                  6, DataTag.OCTET_STRING,
                  8, DataTag.ENUM);
          case 17 -> Map.of(2, DataTag.ARRAY);
          case 18 ->
              Map.of(
                  2, DataTag.DOUBLE_LONG_UNSIGNED,
                  3, DataTag.BIT_STRING,
                  4, DataTag.DOUBLE_LONG_UNSIGNED,
                  5, DataTag.BOOLEAN,
                  6, DataTag.ENUM,
                  7, DataTag.ARRAY);
          case 23 ->
              Map.of(
                  2, DataTag.ENUM,
                  3, DataTag.UNSIGNED,
                  4, DataTag.UNSIGNED,
                  5, DataTag.LONG_UNSIGNED,
                  6, DataTag.LONG_UNSIGNED,
                  7, DataTag.LONG_UNSIGNED,
                  8, DataTag.LONG_UNSIGNED,
                  9, DataTag.LONG_UNSIGNED);
          default -> throw new AssertionError("no test for class " + entry.classId());
        };
    return Objects.requireNonNull(types.get(attribute), entry + " attribute " + attribute);
  }

  @ParameterizedTest
  @EnumSource(MeterVariant.class)
  void link06LowLevelSecurityIsGrantedTheServicesOfTheDescription(MeterVariant variant) {
    // AMB-18: the AAREs of the K351C that are printed grant no action.
    int due = variant == MeterVariant.K351C ? 0x00101C : 0x00101D;
    onBothLines(
        variant,
        OmnipowerAssociation.OPTICAL,
        client -> {
          assertEquals(due, Conformance.toBits(client.context().conformance()));
        });
  }

  @ParameterizedTest
  @EnumSource(MeterVariant.class)
  void link02InformationFieldsAreThoseOfTheVariant(MeterVariant variant) {
    onBothLines(
        variant,
        OmnipowerAssociation.PUBLIC,
        client -> {
          boolean omnipower = variant.isOmnipower();
          assertEquals(omnipower ? 1010 : 512, hdlcSetup(client, 5));
          assertEquals(omnipower ? 1010 : 128, hdlcSetup(client, 6));
          assertEquals(1, hdlcSetup(client, 3));
          assertEquals(1, hdlcSetup(client, 4));
          assertEquals(32, hdlcSetup(client, 9));
        });
  }

  private static long hdlcSetup(BlockingDlmsClient client, int attribute) {
    return client.get(AttributeRef.of(23, "0.0.22.0.0.255", attribute)).integralValue();
  }

  @ParameterizedTest
  @EnumSource(MeterVariant.class)
  void amb36TheListOfLogicalDevicesIsOfClass17AndOnlyRead(MeterVariant variant) {
    onBothLines(
        variant,
        OmnipowerAssociation.PRIMARY_MODULE,
        client -> {
          AttributeRef list = AttributeRef.of(17, "0.0.41.0.0.255", 2);
          List<CosemData> devices = client.get(list).elements();
          assertEquals(
              List.of(1L, 16L),
              devices.stream().map(each -> each.elements().get(0).integralValue()).toList());
          DataAccessException refused =
              assertThrows(
                  DataAccessException.class, () -> client.set(list, CosemData.array(devices)));
          assertEquals(DataAccessResult.READ_WRITE_DENIED, refused.result());
        });
  }

  @ParameterizedTest
  @EnumSource(MeterVariant.class)
  void whatIsOnlyCapturedIsNoObject(MeterVariant variant) {
    onBothLines(
        variant,
        OmnipowerAssociation.PRIMARY_MODULE,
        client -> {
          List<CatalogueEntry> captured =
              Catalogue.of(variant).entries().stream()
                  .filter(entry -> entry.access() == Access.CAPTURED_ONLY)
                  .toList();
          assertFalse(captured.isEmpty());
          for (CatalogueEntry entry : captured) {
            DataAccessException hidden =
                assertThrows(
                    DataAccessException.class,
                    () -> client.get(new AttributeRef(entry.classId(), entry.logicalName(), 2)));
            assertEquals(DataAccessResult.OBJECT_UNDEFINED, hidden.result());
          }
        });
  }
}
