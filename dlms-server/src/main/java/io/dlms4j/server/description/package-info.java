/**
 * Devices that are described in JSON, so that a meter of any vendor is up in minutes.
 *
 * <pre>{@code
 * DeviceDescription.read(Path.of("meter.json"))
 *     .start(new InetSocketAddress(4059), Wrapper.defaults());
 * }</pre>
 *
 * <p>An example of a meter with an energy register that grows, and a load profile of it that has
 * two days in it when it starts:
 *
 * <pre>{@code
 * {
 *   "physicalAddress": 17,
 *   "zone": "Europe/Berlin",
 *   "logicalDevices": [{
 *     "sap": 1,
 *     "name": "XYZ1234567890123",
 *     "associations": [
 *       {"client": 16},
 *       {"client": 1, "mechanism": "low", "password": "00000000", "methods": true,
 *        "rights": {"0.0.96.1.10.255": {"value": "RW"}, "1.0.99.1.0.255": {"capture_period": "RW"}}}
 *     ],
 *     "objects": [
 *       {"class": "Clock", "obis": "0.0.1.0.0.255",
 *        "attributes": {"time": {"clock": true}, "time_zone": {"long": -60}}},
 *       {"class": "Data", "obis": "0.0.96.1.10.255", "value": {"visible-string": "Mill Lane 5"}},
 *       {"class": "Register", "obis": "1.0.1.8.0.255", "scaler": 0, "unit": "Wh",
 *        "value": {"counter": {"type": "double-long-unsigned", "start": 5000, "perHour": 350.5}}},
 *       {"class": 3, "obis": "1.0.32.7.0.255", "scaler": -1, "unit": "V",
 *        "value": {"sine": {"type": "long-unsigned", "min": 2280, "max": 2330, "period": 3600}}},
 *       {"class": "Profile generic", "obis": "1.0.99.1.0.255",
 *        "columns": [{"obis": "0.0.1.0.0.255", "attribute": "time"},
 *                    {"obis": "1.0.1.8.0.255", "attribute": 2}],
 *        "capturePeriod": 900, "entries": 960, "prefill": 192}
 *     ]
 *   }]
 * }
 * }</pre>
 *
 * <h2>The device</h2>
 *
 * <p>{@code physicalAddress}, the lower HDLC address, is 1 and {@code zone}, in which its clocks
 * show the time, is UTC, if they are not given. A logical device has a {@code sap}, a {@code name}
 * of 1 to 16 ASCII characters, one association or more, and objects. The object of the association
 * and the SAP assignment are there without being described, and may not be; the logical device name
 * (0.0.42.0.0.255) is there unless it is described.
 *
 * <h2>Associations</h2>
 *
 * <p>An association has the SAP of its {@code client}, 1..65535, and a {@code mechanism}: {@code
 * none}, or {@code low} with a {@code password}. {@code rights} are given by OBIS code, to the
 * whole object or by attribute: {@code R}, {@code W}, {@code RW}, or {@code -} for none; what is
 * not named has the {@code default}, which is {@code R}. Constants can be written, and keep what
 * was written as long as the device runs, if it is of the same type; the capture_period and
 * profile_entries of profiles can be written too. To a whole object, and as the default, {@code W}
 * is a right to those only. {@code methods}, if it is true, lets the client invoke reset and
 * capture of the profiles; other objects have no methods.
 *
 * <h2>Objects</h2>
 *
 * <p>An object has a {@code class}, by its number or its name in the Blue Book, an {@code obis}
 * code and, if it is not the newest that is known, a {@code version}. {@code attributes} have
 * values by name or index; of a class that is not known to {@link
 * io.dlms4j.cosem.classes.InterfaceClasses}, and manufacturers' own ones below 0, by index. Values
 * must have the type that the class declares. {@code value} and {@code scaler} with {@code unit}, a
 * symbol such as {@code Wh} or a number, are short for the attributes value and scaler_unit.
 *
 * <p>A value is an object of one key. A constant's key is its type, as the Blue Book writes it:
 *
 * <ul>
 *   <li>whole numbers: {@code integer}, {@code long}, {@code double-long}, {@code long64}, {@code
 *       unsigned}, {@code long-unsigned}, {@code double-long-unsigned}, {@code long64-unsigned},
 *       {@code enum}, {@code bcd};
 *   <li>{@code float32}, {@code float64}, {@code boolean}, {@code null-data} with null;
 *   <li>{@code visible-string}, {@code utf8-string}, {@code bit-string} as {@code "0110"};
 *   <li>{@code octet-string} in hexadecimal, or of <code>{"text": "KAM"}</code>, <code>
 *       {"obis": "1.0.1.8.0.255"}</code>, <code>{"date-time": "2026-01-31T12:30:00+01:00"}</code>;
 *   <li>{@code date-time}, {@code date}, {@code time} in ISO 8601, as types of their own: most
 *       attributes have an octet-string instead;
 *   <li>{@code array}, {@code structure} of such values in brackets.
 * </ul>
 *
 * <p>A computed value is a function of time:
 *
 * <ul>
 *   <li><code>{"clock": true}</code>, the time of the device in an octet-string;
 *   <li>{@code counter}: a number of a {@code type} that begins at {@code start} and grows by
 *       {@code perHour}, up to 9 decimals. It begins when the device does, or with the oldest row
 *       of a profile that is filled before, and begins anew behind the largest number of its type;
 *   <li>{@code sine}: between {@code min} and {@code max}, once up and down in a {@code period} of
 *       seconds;
 *   <li>{@code random}: between {@code min} and {@code max}, another number {@code every} so many
 *       seconds, 1 if not given; the same for one {@code seed} and time.
 * </ul>
 *
 * <h2>Profiles</h2>
 *
 * <p>A Profile generic object (version 1) has, instead of attributes, {@code columns}: the {@code
 * obis} and {@code attribute} of a described object that is no profile, with a {@code dataIndex}
 * for one element; room for {@code entries}, 1..100000; a {@code capturePeriod} in seconds, without
 * which rows are captured by method 2 only; {@code sort}, {@code fifo} or {@code lifo}; and {@code
 * prefill}, how many rows there are when the device starts. Rows are captured when they are asked
 * for, as what they were in their time.
 *
 * <h2>Faults</h2>
 *
 * <p>A text is refused with a {@link io.dlms4j.server.description.DescriptionException} that says
 * where and why: if it is longer than 16 MiB or nested deeper than 48, for keys that are not known
 * or given twice, values that their type cannot hold, OBIS codes twice in a logical device, names
 * that do not exist.
 */
@NullMarked
package io.dlms4j.server.description;

import org.jspecify.annotations.NullMarked;
