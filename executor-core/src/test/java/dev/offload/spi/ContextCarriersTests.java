package dev.offload.spi;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.MDC;

import dev.offload.TaskStatus;
import dev.offload.contract.RecordingCarrier;
import dev.offload.protocol.Frame;
import dev.offload.spi.ContextCarrier.Scope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link ContextCarriers} and {@link MdcContextCarrier}.
 */
class ContextCarriersTests {

	private static final TaskDescription TASK = new TaskDescription("pdf", "7", "render");

	private final List<String> told = new CopyOnWriteArrayList<>();

	private final ContextCarrier broken = new ContextCarrier() {
		@Override
		public String name() {
			return "broken";
		}

		@Override
		public Carried capture(TaskDescription task) {
			throw new IllegalStateException("cannot capture");
		}

		@Override
		public Scope restore(Map<String, String> entries) {
			throw new AssertionError("cannot restore");
		}
	};

	@Test
	void entriesWhenRestoredReachTheCarrierOfTheirNameOnly() {
		ContextCarriers carriers = ContextCarriers
			.of(List.of(carrier("a", Map.of("k", "1")), carrier("a.b", Map.of("k/l", "2")), carrier("none", Map.of())));
		CarriedContext context = carriers.capture(TASK);
		assertThat(context.entries()).containsExactlyInAnyOrderEntriesOf(Map.of("a/k", "1", "a.b/k/l", "2"));
		this.told.clear();
		try (Scope scope = context.restore()) {
			scope.failed(new IllegalStateException("bad"));
		}
		assertThat(this.told).containsExactly("a restored {k=1}", "a.b restored {k/l=2}", "a.b failed bad",
				"a failed bad", "a.b closed", "a closed");
	}

	@Test
	void carrierWhenItFailsKeepsNothingFromTheOthers() {
		ContextCarrier badScope = new ContextCarrier() {
			@Override
			public String name() {
				return "bad-scope";
			}

			@Override
			public Carried capture(TaskDescription task) {
				return () -> Map.of("k", "v");
			}

			@Override
			public Scope restore(Map<String, String> entries) {
				return () -> {
					throw new AssertionError("cannot close");
				};
			}
		};
		ContextCarriers carriers = ContextCarriers
			.of(List.of(carrier("first", Map.of("k", "1")), this.broken, badScope, carrier("last", Map.of("k", "2"))));
		assertThat(carriers.capture(TASK).entries()).containsOnlyKeys("first/k", "bad-scope/k", "last/k");
		this.told.clear();
		carriers.restore(Map.of("first/k", "1", "broken/k", "x", "bad-scope/k", "v", "last/k", "2")).close();
		assertThat(this.told).containsExactly("first restored {k=1}", "last restored {k=2}", "last closed",
				"first closed");
	}

	@Test
	void carrierWhenItReturnsNothingAtAllKeepsNothingFromTheOthers() {
		ContextCarriers carriers = ContextCarriers
			.of(List.of(carrier("first", Map.of("k", "1")), new NullCarrier(), carrier("last", Map.of("k", "2"))));
		CarriedContext context = carriers.capture(TASK);
		context.started();
		context.ended(TaskStatus.SUCCEEDED, null);
		assertThat(context.entries()).containsOnlyKeys("first/k", "last/k");
		this.told.clear();
		try (Scope scope = carriers.restore(Map.of("first/k", "1", "null/k", "x", "last/k", "2"))) {
			scope.failed(new IllegalStateException("bad"));
		}
		assertThat(this.told).containsExactly("first restored {k=1}", "last restored {k=2}", "last failed bad",
				"first failed bad", "last closed", "first closed");
	}

	@Test
	void entriesThatAreNoTextAreLeftOutCarrierByCarrier() {
		ContextCarriers carriers = ContextCarriers.of(List.of(carrier("a", Map.of("k", "half \ud83d")),
				carrier("b", Map.of("half \ude00", "v")), carrier("z", Map.of("k", "whole \ud83d\ude00"))));
		assertThat(carriers.capture(TASK).entries()).containsOnlyKeys("z/k");
	}

	@Test
	void carrierWhenToldOfTheEndFailsKeepsNothingFromTheOthers() {
		ContextCarrier deaf = new ContextCarrier() {
			@Override
			public String name() {
				return "deaf";
			}

			@Override
			public Carried capture(TaskDescription task) {
				return new Carried() {
					@Override
					public Map<String, String> entries() {
						return Map.of();
					}

					@Override
					public void started() {
						throw new IllegalStateException("deaf");
					}
				};
			}

			@Override
			public Scope restore(Map<String, String> entries) {
				return Scope.NONE;
			}
		};
		CarriedContext context = ContextCarriers.of(List.of(deaf, carrier("last", Map.of()))).capture(TASK);
		context.started();
		context.ended(TaskStatus.SUCCEEDED, null);
		assertThat(this.told).containsExactly("captured render", "started", "ended SUCCEEDED");
	}

	@Test
	void entriesWhenTheyDoNotFitAreLeftOutCarrierByCarrier() {
		ContextCarriers carriers = ContextCarriers.of(List.of(carrier("a", Map.of("k", "x".repeat(100))),
				carrier("long", Map.of("k", "ä".repeat(ContextCarriers.MAX_BYTES / 2))),
				carrier("z", Map.of("k", "fits"))));
		assertThat(carriers.capture(TASK).entries()).containsOnlyKeys("a/k", "z/k");
	}

	@Test
	void limitsAreThoseOfTheFrame() {
		assertThat(ContextCarriers.MAX_ENTRIES).isEqualTo(Frame.MAX_CONTEXT_ENTRIES);
		assertThat(ContextCarriers.MAX_BYTES).isEqualTo(Frame.MAX_CONTEXT_BYTES);
	}

	@Test
	void ofWhenANameIsWrongOrTakenIsRefused() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> ContextCarriers.of(List.of(carrier("a", Map.of()), carrier("a", Map.of()))))
			.withMessageContaining("Two context carriers are called 'a'")
			.withMessageContaining(RecordingCarrier.class.getName());
		assertThatIllegalArgumentException().isThrownBy(() -> ContextCarriers.of(List.of(carrier("a/b", Map.of()))))
			.withMessageContaining("'a/b'")
			.withMessageContaining("letters");
		ContextCarrier nameless = new NullCarrier() {
			@Override
			public String name() {
				throw new IllegalStateException("no name");
			}
		};
		assertThatIllegalArgumentException().isThrownBy(() -> ContextCarriers.of(List.of(nameless)))
			.withMessageContaining("cannot tell its name: java.lang.IllegalStateException: no name");
	}

	@Test
	void foundAreThoseOfTheServiceLoader(@TempDir Path directory) throws Exception {
		Path services = Files.createDirectories(directory.resolve("META-INF/services"));
		Files.writeString(services.resolve(ContextCarrier.class.getName()), MdcContextCarrier.class.getName());
		URL[] path = { directory.toUri().toURL() };
		try (URLClassLoader loader = new URLClassLoader(path, getClass().getClassLoader())) {
			assertThat(ContextCarriers.found(loader)).hasToString("Context carriers [mdc]");
			TargetResolver resolver = new TargetResolver() {
				@Override
				public ClassLoader classLoader() {
					return loader;
				}

				@Override
				public BoundMethod resolve(MethodAddress address) {
					throw new IllegalStateException();
				}
			};
			assertThat(resolver.contextCarriers()).singleElement().isInstanceOf(MdcContextCarrier.class);
		}
	}

	@Test
	void mdcWhenNamesAreChosenTakesOnlyThese() {
		MDC.put("tenant", "acme");
		MDC.put("other", "x");
		try {
			assertThat(new MdcContextCarrier(List.of("tenant", "missing")).capture(TASK).entries())
				.isEqualTo(Map.of("tenant", "acme"));
			assertThat(new MdcContextCarrier().capture(TASK).entries()).containsEntry("other", "x");
		}
		finally {
			MDC.clear();
		}
	}

	@Test
	void mdcWhenTakenBackIsAsBefore() {
		MDC.put("tenant", "former");
		try {
			Scope scope = new MdcContextCarrier().restore(Map.of("tenant", "acme", "user", "u"));
			assertThat(MDC.getCopyOfContextMap()).isEqualTo(Map.of("tenant", "acme", "user", "u"));
			scope.close();
			assertThat(MDC.getCopyOfContextMap()).isEqualTo(Map.of("tenant", "former"));
		}
		finally {
			MDC.clear();
		}
	}

	private ContextCarrier carrier(String name, Map<String, String> entries) {
		return new RecordingCarrier(name, entries, this.told);
	}

	/**
	 * Knows its name once, and returns null from the rest.
	 */
	private static class NullCarrier implements ContextCarrier {

		private final AtomicBoolean named = new AtomicBoolean();

		@Override
		public String name() {
			if (this.named.getAndSet(true)) {
				throw new IllegalStateException("asked again");
			}
			return "null";
		}

		@Override
		@SuppressWarnings("NullAway")
		public Carried capture(TaskDescription task) {
			return null;
		}

		@Override
		@SuppressWarnings("NullAway")
		public Scope restore(Map<String, String> entries) {
			return null;
		}

	}

}
