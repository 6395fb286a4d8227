package dev.offload.codec.kryo;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import dev.offload.PayloadException;
import dev.offload.spi.Payload;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the seeds of {@link KryoPayloadCodecFuzzTests}: each gets as far as its name
 * says, or nothing is found from there.
 */
class KryoPayloadCodecSeedTests {

	private static final String READ = "read";

	private static final Map<String, String> EXPECTED = Map.ofEntries(Map.entry("arrays", READ),
			Map.entry("classes", READ), Map.entry("class-number-unknown", "damaged"), Map.entry("collections", READ),
			Map.entry("dimensions", "more than 8 dimensions"), Map.entry("empty", "damaged"),
			Map.entry("exception", READ), Map.entry("holder", READ), Map.entry("java-form", READ),
			Map.entry("lambda", "a lambda or method reference"),
			Map.entry("length-huge", "more than its bytes can hold"),
			Map.entry("name-missing", "the name of a class is missing"), Map.entry("not-admitted", "is not admitted"),
			Map.entry("not-admitted-object", "is not admitted"), Map.entry("record", READ),
			Map.entry("reference-before-object", "damaged"), Map.entry("ring", READ), Map.entry("string-again", READ),
			Map.entry("values", READ));

	@Test
	void seedsAreReadOrRefusedAsTheirNamesSay() throws Exception {
		Map<String, String> outcomes = new TreeMap<>();
		try (Stream<Path> seeds = Files.list(directory())) {
			seeds.forEach((seed) -> outcomes.put(seed.getFileName().toString(), outcome(seed)));
		}
		assertThat(outcomes.keySet()).isEqualTo(new TreeMap<>(EXPECTED).keySet());
		outcomes.forEach((seed, outcome) -> assertThat(outcome).as(seed).contains(EXPECTED.get(seed)));
	}

	private static Path directory() throws URISyntaxException {
		return Path.of(Optional
			.ofNullable(KryoPayloadCodecSeedTests.class.getResource(KryoPayloadCodecFuzzTests.class.getSimpleName()
					+ "Inputs/resultIsReadOrRefusedAndCostsWhatItsBytesAllow"))
			.orElseThrow()
			.toURI());
	}

	private static String outcome(Path seed) {
		try {
			KryoPayloadCodecFuzzTests.CODEC.decodeResult(Payload.of(Files.readAllBytes(seed)),
					KryoPayloadCodecFuzzTests.SCOPE);
			return READ;
		}
		catch (PayloadException ex) {
			return String.valueOf(ex.getMessage());
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
