package dev.dormouse.units.service;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A time of the week in which a service is kept warm: {@code Mon..Fri 08:00-18:00 Europe/Berlin}. Days and zone are as in
 * systemd.time(7), calendar events.
 *
 * @param days on which it begins
 * @param begin minute of the day, 0 to 1439
 * @param end minute of the day, 0 to 1440; at or before {@code begin} it is one of the next day
 * @param zone empty for the machine's own, whatever that is at the time
 */
public record WarmWindow(Set<DayOfWeek> days, int begin, int end, Optional<ZoneId> zone) {
    private static final int HOUR = 60;
    private static final int DAY = 24 * HOUR;
    private static final int DAY_LETTERS = 3;
    private static final String TIME = "([01][0-9]|2[0-3]):([0-5][0-9])";
    private static final Pattern FORM =
            Pattern.compile("(?:([A-Za-z.,]+) +)?" + TIME + "-(?:" + TIME + "|(24):(00))(?: +([A-Za-z0-9/_+-]+))?");

    /** Makes a window that keeps its days. */
    public WarmWindow {
        days = Set.copyOf(days);
    }

    /**
     * Reads a window.
     *
     * @throws DeclarationException with what is allowed
     */
    public static WarmWindow parse(String text) {
        Matcher form = FORM.matcher(text.strip());
        if (!form.matches()) {
            throw refused(text);
        }
        boolean midnight = form.group(6) != null;
        return new WarmWindow(
                Optional.ofNullable(form.group(1)).map(days -> days(text, days)).orElse(EnumSet.allOf(DayOfWeek.class)),
                minute(form.group(2), form.group(3)),
                midnight ? DAY : minute(form.group(4), form.group(5)),
                Optional.ofNullable(form.group(8)).map(name -> zone(text, name)));
    }

    private static DeclarationException refused(String text) {
        return new DeclarationException("'" + text + "' is no time of the week: give [DAYS] HH:MM-HH:MM [ZONE], as in"
                + " 'Mon..Fri 08:00-18:00', 'Sat,Sun 10:00-24:00' or '22:00-06:00 Europe/Berlin'");
    }

    private static int minute(String hours, String minutes) {
        return Integer.parseInt(hours) * HOUR + Integer.parseInt(minutes);
    }

    private static ZoneId zone(String text, String name) {
        // Of what Java takes besides, such as GMT+2, systemd takes nothing.
        if (!ZoneId.getAvailableZoneIds().contains(name)) {
            throw new DeclarationException(
                    "'" + name + "' in '" + text + "' is no time zone: give one as Europe/Berlin, or UTC");
        }
        return ZoneId.of(name);
    }

    private static Set<DayOfWeek> days(String text, String list) {
        Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
        for (String part : list.split(",", -1)) {
            String[] ends = part.split("\\.\\.", -1);
            if (ends.length > 2) {
                throw refused(text);
            }
            DayOfWeek last = day(text, ends[ends.length - 1]);
            for (DayOfWeek day = day(text, ends[0]); day != last; day = day.plus(1)) {
                days.add(day);
            }
            days.add(last);
        }
        return days;
    }

    private static DayOfWeek day(String text, String name) {
        for (DayOfWeek day : DayOfWeek.values()) {
            if (shortName(day).equalsIgnoreCase(name)) {
                return day;
            }
        }
        throw refused(text);
    }

    private static String shortName(DayOfWeek day) {
        String name = day.name();
        return name.charAt(0) + name.substring(1, DAY_LETTERS).toLowerCase(Locale.ROOT);
    }

    /**
     * Whether a moment is in it. Where the clock is put forward over its begin or its end, that is later by as much; where it is put back,
     * the first of the two counts.
     *
     * @param local the machine's zone
     */
    public boolean contains(Instant moment, ZoneId local) {
        ZoneId where = zone.orElse(local);
        LocalDate today = moment.atZone(where).toLocalDate();
        for (LocalDate day : List.of(today, today.minusDays(1))) {
            if (days.contains(day.getDayOfWeek())) {
                Instant from = at(day, begin, where);
                Instant to = at(end <= begin ? day.plusDays(1) : day, end, where);
                if (!moment.isBefore(from) && moment.isBefore(to)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static Instant at(LocalDate day, int minute, ZoneId where) {
        LocalDate date = minute == DAY ? day.plusDays(1) : day;
        return ZonedDateTime.of(date, LocalTime.ofSecondOfDay(minute % DAY * 60L), where)
                .toInstant();
    }

    /** Its begin as a timer's {@code OnCalendar=}. */
    String calendar() {
        return dayList().map(list -> list + " ").orElse("") + "*-*-* " + clock(begin) + ":00"
                + zone.map(name -> " " + name.getId()).orElse("");
    }

    /** For {@code service-warm}: zone or -, numbers of the days, begin and end. */
    String line() {
        String numbers = days.stream()
                .sorted()
                .map(day -> Integer.toString(day.getValue()))
                .collect(Collectors.joining());
        return zone.map(ZoneId::getId).orElse("-") + " " + numbers + " "
                + clock(begin).replace(":", "") + " " + clock(end).replace(":", "");
    }

    /** As {@link #parse} takes it. */
    @Override
    public String toString() {
        return dayList().map(list -> list + " ").orElse("") + clock(begin) + "-" + clock(end)
                + zone.map(name -> " " + name.getId()).orElse("");
    }

    private static String clock(int minute) {
        return "%02d:%02d".formatted(minute / HOUR, minute % HOUR);
    }

    /** {@code Mon..Wed,Sat}; empty for every day. */
    private Optional<String> dayList() {
        if (days.size() == DayOfWeek.values().length) {
            return Optional.empty();
        }
        List<String> parts = new ArrayList<>();
        for (DayOfWeek first : DayOfWeek.values()) {
            if (days.contains(first) && (first == DayOfWeek.MONDAY || !days.contains(first.minus(1)))) {
                DayOfWeek last = first;
                while (last != DayOfWeek.SUNDAY && days.contains(last.plus(1))) {
                    last = last.plus(1);
                }
                parts.add(first == last ? shortName(first) : shortName(first) + ".." + shortName(last));
            }
        }
        return Optional.of(String.join(",", parts));
    }
}
