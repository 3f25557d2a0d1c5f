package io.dlms4j.server.description;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is refused, where, and in which words. */
class DeviceDescriptionTest {
  private static final String LOGICAL = "$.logicalDevices[0]";
  private static final String OBJECT = LOGICAL + ".objects[0]";

  /** JSON with single quotes, which Java needs not escape. */
  private static DeviceDescription parse(String json) {
    return DeviceDescription.parse(json.replace('\'', '"'));
  }

  private static DescriptionException refused(String json) {
    return assertThrows(DescriptionException.class, () -> parse(json));
  }

  private static void assertRefused(String path, String reason, String json) {
    DescriptionException refusal = refused(json);
    assertEquals(path, refusal.path(), refusal.reason());
    assertTrue(refusal.reason().contains(reason), refusal.reason());
    assertEquals(path + ": " + refusal.reason(), refusal.getMessage());
  }

  private static String device(String objects, String associations) {
    return "{'logicalDevices':[{'sap':1,'name':'XYZ1','objects':["
        + objects
        + "],'associations':["
        + associations
        + "]}]}";
  }

  private static String device(String objects) {
    return device(objects, "{'client':16}");
  }

  private static String data(String value) {
    return device("{'class':1,'obis':'0.0.96.1.0.255','value':" + value + "}");
  }

  private static String profile(String rest) {
    return device(
        "{'class':3,'obis':'1.0.1.8.0.255','value':{'unsigned':1}},"
            + "{'class':7,'obis':'1.0.99.1.0.255',"
            + rest
            + "},{'class':7,'obis':'1.0.99.2.0.255','entries':1,"
            + "'columns':[{'obis':'1.0.1.8.0.255','attribute':2}]}");
  }

  @Test
  void aTextThatIsNoJsonIsRefusedWithoutBeingQuoted() {
    DescriptionException refusal = refused("{'password': s3cret}");
    assertEquals("$", refusal.path());
    assertTrue(refusal.reason().startsWith("no JSON, or a name given twice, at line 1, column"));
    assertFalse(String.valueOf(refusal.getMessage()).contains("s3cret"));
    assertRefused("$", "no JSON", "");
    assertRefused("$", "no JSON", "{} {}");
    assertRefused("$", "given twice", "{'zone':'UTC','zone':'UTC'}");
    assertRefused("$", "nested more than 48 deep", "[".repeat(49) + "]".repeat(49));
    assertRefused("$", "number or name too long", "[" + "1".repeat(101) + "]");
    assertRefused("$", "an exponent that is too large", "[1e99999999999]");
    assertRefused("$", "expected an object, found array", "[]");
    assertRefused("$", "logicalDevices is missing", "{}");
  }

  @Test
  void aTextHasALimit(@TempDir Path directory) throws IOException {
    Path file = directory.resolve("large.json");
    try (RandomAccessFile large = new RandomAccessFile(file.toFile(), "rw")) {
      large.setLength(DeviceDescription.MOST_OCTETS + 1L);
    }
    assertTrue(
        assertThrows(DescriptionException.class, () -> DeviceDescription.read(file))
            .reason()
            .contains("more than 16777216 octets"));
    String text = " ".repeat(DeviceDescription.MOST_OCTETS + 1);
    assertThrows(DescriptionException.class, () -> DeviceDescription.parse(text));
    Files.write(file, new byte[] {'"', (byte) 0xFF, '"'});
    assertTrue(
        assertThrows(DescriptionException.class, () -> DeviceDescription.read(file))
            .reason()
            .contains("not UTF-8"));
    assertThrows(
        NoSuchFileException.class, () -> DeviceDescription.read(directory.resolve("none.json")));
    Files.write(file, data("{'unsigned':1}").replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    assertEquals(
        "device 1 with 1 logical devices, 2 objects", DeviceDescription.read(file).toString());
  }

  @Test
  void aDeviceHasItsPlaceInTheWorld() {
    String rest = "'logicalDevices':[]}";
    assertRefused("$.physicalAddress", "0 is not within 1..16381", "{'physicalAddress':0," + rest);
    assertRefused("$.physicalAddress", "127 is reserved", "{'physicalAddress':127," + rest);
    assertRefused("$.zone", "'Mars' is no time zone", "{'zone':'Mars'," + rest);
    assertRefused("$.zones", "there is no such key here", "{'zones':'UTC'," + rest);
    assertRefused("$.logicalDevices", "there is no logical device", "{" + rest);
  }

  @Test
  void aLogicalDeviceHasANameASapAndAnAssociation() {
    assertRefused(LOGICAL + ".associations", "there is no association", device("", ""));
    assertRefused(
        LOGICAL,
        "associations is missing",
        "{'logicalDevices':[{'sap':1,'name':'XYZ1','objects':[]}]}");
    assertRefused(LOGICAL + ".sap", "not within", device("").replace("'sap':1", "'sap':16384"));
    assertRefused(
        LOGICAL + ".name",
        "1 to 16 characters, not 17",
        device("").replace("XYZ1", "X".repeat(17)));
    assertRefused(LOGICAL + ".name", "not ASCII", device("").replace("XYZ1", "Mühle"));
    String one = device("").replaceAll("^.*\\[\\{'sap'", "{'sap'").replaceAll("\\]\\}$", "");
    assertRefused(
        "$.logicalDevices[1]",
        "another logical device has this sap or this name",
        "{'logicalDevices':[" + one + "," + one.replace("'sap':1", "'sap':2") + "]}");
  }

  @Test
  void anAssociationSaysHowAClientAuthenticatesItself() {
    String at = LOGICAL + ".associations[0]";
    assertRefused(at + ".client", "not within 1..65535", device("", "{'client':0}"));
    assertRefused(at + ".mechanism", "none or low", device("", "{'client':1,'mechanism':'high'}"));
    assertRefused(at, "password is missing", device("", "{'client':1,'mechanism':'low'}"));
    assertRefused(
        at + ".password", "goes with the mechanism low", device("", "{'client':1,'password':'x'}"));
    DescriptionException refusal =
        refused(device("", "{'client':1,'mechanism':'low','password':'gehéim'}"));
    assertEquals(
        at + ".password: a password has one or more characters, all ASCII", refusal.getMessage());
    assertRefused(
        LOGICAL + ".associations[1]",
        "client 16 has an association already",
        device("", "{'client':16},{'client':16}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "'default':'X'|default|a right is R, W, RW or -",
        "'methods':1|methods|expected true or false, found number",
        "'rights':{'0.0.96.9.0.255':'R'}|rights.0.0.96.9.0.255|no object",
        "'rights':{'0.0.41.0.0.255':'R'}|rights.0.0.41.0.0.255|no object",
        "'rights':{'1.0.1.8.0.255':{'value':'RW'}}|rights.1.0.1.8.0.255.value|cannot be written",
        "'rights':{'1.0.1.8.0.255':{'2':'R','value':'R'}}|rights.1.0.1.8.0.255.value|given twice",
        "'rights':{'1.0.1.8.0.255':{'3':'R'}}|rights.1.0.1.8.0.255.3|is not described",
        "'rights':{'1.0.1.8.0.255':{'power':'R'}}|rights.1.0.1.8.0.255.power|has no attribute",
        "'rights':{'1.0.1.8.0.255':'R','1-0:1.8.0*255':'R'}|rights.1-0:1.8.0*255|given twice",
      })
  void rightsAreToWhatIsDescribed(String rights, String path, String reason) {
    String counter =
        "{'class':3,'obis':'1.0.1.8.0.255',"
            + "'value':{'counter':{'type':'double-long-unsigned','perHour':1}}}";
    assertRefused(
        LOGICAL + ".associations[0]." + path,
        reason,
        device(counter, "{'client':16," + rights + "}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "'obis':'1.0.1.8.0.255'||class is missing",
        "'class':3||obis is missing",
        "'class':3,'obis':'1.8'|obis|'1.8' is no OBIS code",
        "'class':'Meter','obis':'1.0.1.8.0.255'|class|no class 'Meter' is known",
        "'class':'Data','version':9,'obis':'1.0.1.8.0.255'|class|no class 'Data' of version 9",
        "'class':65536,'obis':'1.0.1.8.0.255'|class|not within 0..65535",
        "'class':1,'obis':'0.0.40.0.0.255'|obis|is there without being described",
        "'class':1,'obis':'0.0.41.0.0.255'|obis|is there without being described",
        "'class':3,'obis':'1.0.1.8.0.255','colour':1|colour|there is no such key here",
        "'class':8,'obis':'0.0.1.0.0.255','value':{'unsigned':1}|value|the class has no value",
        "'class':1,'obis':'0.0.1.0.0.255','scaler':1|scaler|the class has no scaler_unit",
        "'class':3,'obis':'1.0.1.8.0.255','scaler':128|scaler|not within -128..127",
        "'class':3,'obis':'1.0.1.8.0.255','unit':'furlong'|unit|'furlong' is no unit",
        "'class':3,'obis':'1.0.1.8.0.255','unit':'V','attributes':{'3':{'enum':1}}"
            + "|attributes.3|this is no scal_unit_type",
        "'class':3,'obis':'1.0.1.8.0.255','value':{'enum':1},'attributes':{'2':{'enum':1}}"
            + "|value|attribute 2 is given twice",
        "'class':3,'obis':'1.0.1.8.0.255','attributes':{'4':{'enum':1}}"
            + "|attributes.4|Register (class 3, version 0) has no attribute 4",
        "'class':3,'obis':'1.0.1.8.0.255','attributes':{'1':{'enum':1}}"
            + "|attributes.1|is the obis of the object",
        "'class':3,'obis':'1.0.1.8.0.255','attributes':{'0':{'enum':1}}|attributes.0|is 0 or not",
        "'class':3,'obis':'1.0.1.8.0.255','attributes':{'power':{'enum':1}}"
            + "|attributes.power|has no attribute 'power'",
        "'class':9999,'obis':'1.0.1.8.0.255','attributes':{'power':{'enum':1}}"
            + "|attributes.power|class 9999 has no attribute 'power'",
        "'class':8,'obis':'0.0.1.0.0.255','attributes':{'time_zone':{'unsigned':1}}"
            + "|attributes.time_zone|this is no long",
        "'class':8,'obis':'0.0.1.0.0.255','attributes':{'clock_base':{'enum':77}}"
            + "|attributes.clock_base|clock_base 77 is not defined",
        "'class':8,'obis':'0.0.1.0.0.255','attributes':{'time':{'octet-string':'00'}}"
            + "|attributes.time|this is no octet-string[12]",
      })
  void anObjectIsOfItsClass(String object, String path, String reason) {
    assertRefused(path == null ? OBJECT : OBJECT + "." + path, reason, device("{" + object + "}"));
  }

  @Test
  void anObisCodeIsThereOnce() {
    String object = "{'class':1,'obis':'0.0.96.1.0.255','value':{'unsigned':1}}";
    assertRefused(
        LOGICAL + ".objects[1].obis",
        "there is an object 0.0.96.1.0.255 already",
        device(object + "," + object.replace("0.0.96.1.0.255", "0-0:96.1.0*255")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "5||expected an object, found number",
        "{}||a value has one key, which is its type, not 0",
        "{'unsigned':1,'integer':1}||a value has one key, which is its type, not 2",
        "{'word':1}|word|there is no such type",
        "{'compact-array':[]}|compact-array|cannot be described",
        "{'unsigned':256}|unsigned|256 is not within 0..255",
        "{'unsigned':1.0}|unsigned|expected a whole number",
        "{'unsigned':'1'}|unsigned|expected a whole number, found string",
        "{'integer':-129}|integer|-129 is not within -128..127",
        "{'double-long-unsigned':4294967296}|double-long-unsigned|is not within 0..4294967295",
        "{'long64':9223372036854775808}|long64|is not within",
        "{'long64-unsigned':-1}|long64-unsigned|is not within 0..18446744073709551615",
        "{'null-data':0}|null-data|expected null",
        "{'boolean':0}|boolean|expected true or false",
        "{'bit-string':'012'}|bit-string|0 and 1 only",
        "{'octet-string':'0'}|octet-string|no octets in hexadecimal",
        "{'octet-string':{}}|octet-string|has one key",
        "{'octet-string':{'word':'x'}}|octet-string.word|octets hold text, obis or date-time",
        "{'octet-string':{'text':'ü'}}|octet-string.text|not ASCII",
        "{'visible-string':'ü'}|visible-string|not ASCII",
        "{'float32':1e39}|float32|out of the range",
        "{'float64':1e999999999}|float64|out of the range",
        "{'date-time':'yesterday'}|date-time|'yesterday' is no date and time",
        "{'date-time':'2026-01-31T12:30:00+17:00'}|date-time|is no date and time",
        "{'date':'+99999-01-31'}|date|is no date such as",
        "{'time':'24:30:00'}|time|is no time such as",
        "{'array':{}}|array|expected an array",
        "{'structure':[{'enum':1},{'enum':-1}]}|structure[1].enum|not within 0..255",
        "{'clock':false}|clock|a clock is true",
        "{'counter':{'type':'octet-string','perHour':1}}|counter.type|no type of whole numbers",
        "{'counter':{'type':'unsigned'}}|counter|perHour is missing",
        "{'counter':{'type':'unsigned','perHour':-1}}|counter.perHour|grows by 0..10^18",
        "{'counter':{'type':'unsigned','perHour':1e999999999}}|counter.perHour|grows by 0..10^18",
        "{'counter':{'type':'unsigned','perHour':1e-10}}|counter.perHour|9 decimals",
        "{'counter':{'type':'unsigned','start':256,'perHour':1}}|counter.start|not within",
        "{'sine':{'type':'unsigned','min':5,'max':4,'period':1}}|sine.max|4 is below min, 5",
        "{'sine':{'type':'unsigned','min':5,'max':256,'period':1}}|sine.max|not within",
        "{'sine':{'type':'unsigned','min':5,'max':6,'period':0}}|sine.period|not within",
        "{'random':{'type':'long64','min':-9007199254740993,'max':0,'seed':1}}|random.min|2^53",
        "{'random':{'type':'integer','min':0,'max':0}}|random|seed is missing",
        "{'random':{'type':'integer','min':0,'max':0,'seed':1,'x':1}}|random.x|no such key",
      })
  void aValueIsOfItsType(String value, String path, String reason) {
    String at = OBJECT + ".value";
    assertRefused(path == null ? at : at + "." + path, reason, data(value));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "'entries':9||columns is missing",
        "'columns':[]|columns|there is no column",
        "'columns':[C]||entries is missing",
        "'columns':[C],'entries':0|entries|not within 1..100000",
        "'columns':[C],'entries':9,'prefill':10|prefill|not within 0..9",
        "'columns':[C],'entries':9,'prefill':1|prefill|need a capturePeriod",
        "'columns':[C],'entries':9,'capturePeriod':4294967295,'prefill':1|prefill|100 years",
        "'columns':[C],'entries':9,'capturePeriod':-1|capturePeriod|not within",
        "'columns':[C],'entries':9,'sort':'up'|sort|fifo or lifo",
        "'columns':[C],'entries':9,'version':0|version|profiles are of version 1",
        "'columns':[C],'entries':9,'value':{'enum':1}|value|there is no such key here",
        "'columns':[C,C],'entries':9|columns[1]|the column is there already",
        "'columns':[{'obis':'1.0.9.9.9.9','attribute':2}]|columns[0].obis|no object 1.0.9.9.9.9",
        "'columns':[{'obis':'1.0.99.2.0.255','attribute':2}]|columns[0].obis|is a profile",
        "'columns':[{'obis':'1.0.1.8.0.255','attribute':3}]|columns[0].attribute|not described",
        "'columns':[{'obis':'1.0.1.8.0.255','attribute':'x'}]|columns[0].attribute|no attribute",
        "'columns':[{'obis':'1.0.1.8.0.255'}]|columns[0]|attribute is missing",
        "'columns':[{'obis':'1.0.1.8.0.255','attribute':2,'dataIndex':65536}]"
            + "|columns[0].dataIndex|not within",
      })
  void aProfileHasColumnsThatAreThere(String rest, String path, String reason) {
    String at = LOGICAL + ".objects[1]";
    assertRefused(
        path == null ? at : at + "." + path,
        reason,
        profile(rest.replace("C", "{'obis':'1.0.1.8.0.255','attribute':2}")));
  }

  @Test
  void profilesAreNotPrefilledWithoutEnd() {
    StringBuilder objects =
        new StringBuilder("{'class':1,'obis':'1.0.0.0.0.0','value':{'enum':1}}");
    for (int i = 0; i < 101; i++) {
      objects.append(
          ",{'class':7,'obis':'1.0.99.1."
              + i
              + ".255','entries':100000,'prefill':100000,'capturePeriod':1,"
              + "'columns':[{'obis':'1.0.0.0.0.0','attribute':2}]}");
    }
    assertRefused(LOGICAL, "more than 10000000 values", device(objects.toString()));
  }
}
