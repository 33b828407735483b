package dev.dormouse.daemon.lifecycle;

import java.util.List;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/** Names for containers that were given none: a temper and someone who studied sleep, animals, heat or machines. */
final class GeneratedName {
    private static final List<String> TEMPERS = words("""
            amber balmy bashful bold brisk calm cautious cheerful cosy curious dapper dozing dreamy drowsy
            eager early earnest fair gentle glad golden graceful hardy hazel hushed idle jolly keen kind
            lively lucid mellow merry mild mossy napping nimble patient plucky polite quick quiet restful
            rosy serene shy silent sleepy snug spry steady sunny tidy tranquil warm watchful wise witty
            yawning zesty""");

    private static final List<String> SURNAMES = words("""
            anning archimedes aserinsky audubon babbage bell berger boole borbely bose carson church cuvier
            darwin dement dijkstra durrell erlang euler fabre faraday fossey franklin galdikas galvani
            goodall hamilton herschel hodgkin hopper hubel humboldt jouvet kelvin kleitman knuth leavitt
            linnaeus lorenz lovelace maxwell mendel merian moruzzi noether pavlov ramanujan ritchie sagan
            shannon tinbergen turing volta wallace watt white wiener wilkes wing wirth""");

    private GeneratedName() {}

    /**
     * A name such as {@code drowsy_jouvet}.
     *
     * @param attempt from 0; from the sixth on a number makes a clash unlikely
     */
    static String of(RandomGenerator random, int attempt) {
        String name = TEMPERS.get(random.nextInt(TEMPERS.size())) + "_" + SURNAMES.get(random.nextInt(SURNAMES.size()));
        return attempt < 5 ? name : name + random.nextInt(1_000_000);
    }

    private static List<String> words(String text) {
        return Pattern.compile("\\s+").splitAsStream(text.strip()).toList();
    }
}
