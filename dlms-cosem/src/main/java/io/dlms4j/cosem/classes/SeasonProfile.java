package io.dlms4j.cosem.classes;

import static io.dlms4j.cosem.classes.StructureField.field;

import io.dlms4j.axdr.CosemDateTime;
import io.dlms4j.axdr.Octets;

/**
 * season: a season of an activity calendar (Blue Book 4.5.5).
 *
 * @param seasonProfileName its name
 * @param seasonStart when it begins; may have wildcards
 * @param weekName name of the week profile that counts in it
 */
public record SeasonProfile(Octets seasonProfileName, CosemDateTime seasonStart, Octets weekName) {
  /** Its type. */
  public static final ValueType<SeasonProfile> TYPE =
      ValueType.structure(
          "season",
          in ->
              new SeasonProfile(
                  in.next(ValueType.OCTET_STRING),
                  in.next(ValueType.DATE_TIME),
                  in.next(ValueType.OCTET_STRING)),
          field("season_profile_name", ValueType.OCTET_STRING, SeasonProfile::seasonProfileName),
          field("season_start", ValueType.DATE_TIME, SeasonProfile::seasonStart),
          field("week_name", ValueType.OCTET_STRING, SeasonProfile::weekName));
}
