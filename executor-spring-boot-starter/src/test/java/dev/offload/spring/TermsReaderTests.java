package dev.offload.spring;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.core.annotation.AliasFor;
import org.springframework.mock.env.MockEnvironment;
import org.springframework.scheduling.annotation.Scheduled;
import reactor.core.publisher.Flux;

import dev.offload.ConcurrencyLimit;
import dev.offload.ExecutorSpec;
import dev.offload.OffloadException;
import dev.offload.OffloadExecutor;
import dev.offload.OverloadPolicy;
import dev.offload.RetrySpec;
import dev.offload.TaskOptions;
import dev.offload.registry.StandardExecutorRegistry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for the options that annotations give to calls.
 */
class TermsReaderTests {

	private static final OffloadMethods METHODS = new OffloadMethods(new MockEnvironment().withProperty("at-once", "3")
		.withProperty("pause", "2s")
		.withProperty("maybe", "#invoice?.urgent()")
		.withProperty("urgent", "#invoice.urgent()")::resolveRequiredPlaceholders);

	private static final StandardExecutorRegistry REGISTRY = StandardExecutorRegistry.create();

	private static final OffloadExecutor EXECUTOR = REGISTRY
		.getOrCreate(ExecutorSpec.builder("pool").type(ExecutorSpec.INLINE).build());

	@AfterAll
	static void close() {
		REGISTRY.close();
	}

	@Test
	void optionsWhenNothingIsOfTheArgumentsAreTheSameForEachCall() {
		CallTerms terms = terms(Plain.class, "plain");
		assertThat(of(terms)).isSameAs(of(terms)).isSameAs(terms.options());
		assertThat(terms.form().kind()).isEqualTo(CallForm.Kind.VALUE);
		CallTerms retried = terms(Plain.class, "retried");
		assertThat(of(retried)).isSameAs(of(retried));
	}

	@Test
	void priorityWhenItIsAnExpressionIsEvaluatedForEachCall() {
		CallTerms terms = terms(Plain.class, "render");
		assertThat(of(terms, new Invoice("7", true), "acme").priority()).isEqualTo(-10);
		assertThat(of(terms, new Invoice("8", false), "acme").priority()).isZero();
	}

	@Test
	void keysAreTextsOfExpressionsAndNullIsNone() {
		TaskOptions options = of(terms(Plain.class, "render"), new Invoice("7", true), "acme");
		assertThat(options.key()).isEqualTo("invoice 7");
		assertThat(options.fairKey()).isEqualTo("acme");
		TaskOptions without = of(terms(Plain.class, "render"), new Invoice("7", true), null);
		assertThat(without.fairKey()).isNull();
		assertThat(without.timeout()).isEqualTo(Duration.ofSeconds(5));
	}

	@Test
	void labelAndMetadataAreTextsOfExpressionsAndNullIsNone() {
		CallTerms named = terms(Plain.class, "named");
		TaskOptions options = of(named, new Invoice("7", true), "acme");
		assertThat(options.label()).isEqualTo("Invoice 7");
		assertThat(options.metadata()).isEqualTo(Map.of("tenant", "acme", "kind", "a=b", "urgent", "true"));
		TaskOptions without = of(named, null, null);
		assertThat(without.label()).isNull();
		assertThat(without.metadata()).isEqualTo(Map.of("kind", "a=b"));
		TaskOptions forged = of(named, new Invoice("7\n2026-01-01 ERROR \u0007" + "x".repeat(300), true), "a\rb");
		assertThat(forged.label()).startsWith("Invoice 7 2026-01-01 ERROR  xxx").hasSize(203).endsWith("x...");
		assertThat(forged.metadata()).containsEntry("tenant", "a b");
		assertThat(of(terms(Plain.class, "keyed"), "x").metadata()).isEmpty();
		assertThatExceptionOfType(OffloadException.class)
			.isThrownBy(() -> of(terms(Plain.class, "misnamed"), (Object) null))
			.withMessageContainingAll("The metadata size '#p0.length()' of @OffloadTo of", "cannot be evaluated");
	}

	@Test
	void expressionWhenItCannotBeEvaluatedFailsTheCallAndNamesMethodAndExpression() {
		CallTerms terms = terms(Plain.class, "render");
		assertThatExceptionOfType(OffloadException.class).isThrownBy(() -> of(terms, null, "acme"))
			.withMessageContainingAll("Plain.render", "priority '#invoice.urgent() ? -10 : 0'", "cannot be evaluated");
		CallTerms wide = terms(Plain.class, "wide");
		assertThat(of(wide, 4L).priority()).isEqualTo(4);
		assertThatExceptionOfType(OffloadException.class).isThrownBy(() -> of(wide, 1L << 40))
			.withMessageContainingAll("Plain.wide", "priority '#p0'", "1099511627776", "not a whole number");
		assertThatExceptionOfType(OffloadException.class).isThrownBy(() -> of(wide, (Object) null))
			.withMessageContaining("has the value null");
	}

	@Test
	void expressionMayUseElementsOfCollections() {
		TaskOptions options = of(terms(Plain.class, "all"), List.of(new Invoice("7", true), new Invoice("8", false)));
		assertThat(options.priority()).isEqualTo(-1);
		assertThat(options.key()).isEqualTo("7,8");
		assertThat(of(terms(Plain.class, "counted"), List.of("a", "bcd")).key()).isEqualTo("[1, 4]");
	}

	@Test
	void limitIsThatOfTheMethod() {
		ConcurrencyLimit limit = terms(Plain.class, "limited").options().concurrency();
		assertThat(limit).isEqualTo(new ConcurrencyLimit(Plain.class.getName() + ".limited(java.lang.String,int[])", 3,
				OverloadPolicy.WAIT));
		assertThat(terms(Plain.class, "plain").options().concurrency()).isNull();
		assertThat(METHODS.of(Overloads.class).values()).hasSize(2)
			.extracting((method) -> method.terms().options().concurrency())
			.doesNotHaveDuplicates();
	}

	@Test
	void keyWhenItHasNoTextFailsTheCallAndNamesMethodAndExpression() {
		CallTerms keyed = terms(Plain.class, "keyed");
		assertThatExceptionOfType(OffloadException.class).isThrownBy(() -> of(keyed, new Object() {

			@Override
			public String toString() {
				throw new IllegalStateException("closed");
			}

		})).withMessageContainingAll("key '#p0'", "Plain.keyed", "cannot be evaluated", "closed");
		assertThatExceptionOfType(OffloadException.class).isThrownBy(() -> of(keyed, new byte[2]))
			.withMessageContainingAll("key '#p0'", "Plain.keyed", "its value is a byte[]");
	}

	@Test
	void skippedAreLimitedMethodsOfSchedulersThatReturnNothing() {
		assertThat(terms(Plain.class, "scheduled").skipped()).isTrue();
		assertThat(terms(Plain.class, "limited").skipped()).isFalse();
		assertThat(terms(Plain.class, "scheduledWithValue").skipped()).isFalse();
	}

	@Test
	void retryIsOverTheRulesOfTheExecutor() {
		RetrySpec retry = of(terms(Plain.class, "retried")).retry();
		assertThat(retry).isEqualTo(RetrySpec.NONE.withMaxAttempts(4)
			.withDelay(Duration.ofSeconds(2), 2, Duration.ofMinutes(1), 0)
			.withExceptions(List.of(), List.of(IllegalStateException.class.getName())));
		assertThat(of(terms(Plain.class, "plain")).retry()).isNull();
		assertThat(of(terms(Plain.class, "quarantined")).retry())
			.isEqualTo(RetrySpec.NONE.withQuarantine(Duration.ofMinutes(10)));
		RetrySpec longer = of(terms(Plain.class, "retriedLater")).retry();
		assertThat(longer).isNotNull()
			.satisfies((rules) -> assertThat(rules.maxDelay()).isEqualTo(rules.delay()).isEqualTo(Duration.ofHours(2)));
	}

	@Test
	void attributesOfOwnAnnotationsArePassedOn() {
		CallTerms terms = terms(OfOwn.class, "render");
		TaskOptions options = of(terms, "a");
		assertThat(terms.form().kind()).isEqualTo(CallForm.Kind.NOTHING);
		assertThat(options.key()).isEqualTo("a");
		assertThat(options.concurrency()).isNotNull();
		assertThat(options.retry()).isNotNull().satisfies((retry) -> assertThat(retry.maxCrashes()).isEqualTo(2));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			NoParameter   | fairKey '#tenent', which names #tenent         | it can use #invoice, #tenant
			NoSharp       | key 'invoice.number', which names invoice      | write # before the name
			NoExpression  | key '#invoice.', which is no expression        | #invoice.
			PlainLabel    | label 'Invoice', which names Invoice           | A text stands in quotes
			NoPair        | has metadata 'tenant', which is not a name     | such as tenant=#tenant
			SameName      | which names tenant twice                       | metadata 'tenant=#p0'
			NoMetadata    | has metadata tenant '#tenent', which names     | it can use #tenant
			Submitted     | has mode SUBMIT and returns java.lang.String   | return a TaskHandle of it
			Negative      | has maxConcurrent '-1'                         | or 0 for no limit
			NoNumber      | has maxConcurrent 'few'                        | whole number
			Twice         | maxConcurrentString '2' and maxConcurrent '1'  | say one
			Bean          | which names @tenants, and there are neither    | it can use #invoice
			Function      | which names #now(), and there are neither      | it can use #invoice
			This          | which names #this, and there is no such        | it can use #invoice
			Root          | which names #root, and there is no such        | it can use #invoice
			Fraction      | priority '-1.5', which is not a whole number   | can use #invoice
			Word          | which is not a whole number                    | can use #invoice
			CallerRuns    | has whenBusy 'CALLER_RUNS'                     | must be REJECT or WAIT
			Attempts      | max-attempts must be at least 1, but is -1      | retry
			Pause         | has retry.delay 'later'                        | not a duration
			Streamed      | has mode SUBMIT and returns java.util.stream   | leave out the mode
			StreamRetried | has retry, but its items travel one by one     | or return a list
			FluxRetried   | has retry, but its items travel one by one     | or return a list
			""")
	void readWhenAnAttributeIsWrongNamesMethodAndWhatToDo(String type, String problem, String action) throws Exception {
		Class<?> wrong = Class.forName(getClass().getName() + "$Wrong$" + type);
		assertThatIllegalArgumentException().isThrownBy(() -> METHODS.of(wrong))
			.withMessageContainingAll(type + ".run", problem, action);
	}

	private static CallTerms terms(Class<?> type, String name) {
		return METHODS.of(type)
			.values()
			.stream()
			.filter((method) -> method.method().getName().equals(name))
			.findFirst()
			.orElseThrow()
			.terms();
	}

	private static TaskOptions of(CallTerms terms, @Nullable Object... arguments) {
		return terms.of(EXECUTOR, arguments);
	}

	record Invoice(String number, boolean urgent) {

	}

	public static class Plain {

		@OffloadTo("pool")
		public void plain() {
		}

		@OffloadTo(value = "pool", timeout = "5s", priority = "${urgent} ? -10 : 0",
				key = "'invoice ' + #invoice.number", fairKey = "#tenant")
		public void render(@Nullable Invoice invoice, @Nullable String tenant) {
		}

		@OffloadTo(value = "pool", priority = "#p0")
		public void wide(Long urgency) {
		}

		@OffloadTo(value = "pool", priority = "-#invoices.?[urgent].size()",
				key = "T(String).join(',', #invoices.![number])")
		public void all(List<Invoice> invoices) {
		}

		@OffloadTo(value = "pool", label = "#invoice != null ? 'Invoice ' + #invoice.number : null",
				metadata = { "tenant=#tenant", " kind = 'a=b'", "urgent=${maybe}" })
		public void named(@Nullable Invoice invoice, @Nullable String tenant) {
		}

		@OffloadTo(value = "pool", metadata = "size=#p0.length()")
		public void misnamed(String text) {
		}

		@OffloadTo(value = "pool", key = "#p0")
		public void keyed(Object work) {
		}

		@OffloadTo(value = "pool", key = "#words.![#words.indexOf(#this) + length()].toString()")
		public void counted(List<String> words) {
		}

		@OffloadTo(value = "pool", maxConcurrentString = "${at-once}", whenBusy = OverloadPolicy.WAIT)
		public void limited(String text, int[] numbers) {
		}

		@Scheduled(fixedRate = 1000)
		@OffloadTo(value = "pool", maxConcurrent = 1)
		public void scheduled() {
		}

		@Scheduled(fixedRate = 1000)
		@OffloadTo(value = "pool", maxConcurrent = 1)
		public int scheduledWithValue() {
			return 1;
		}

		@OffloadTo(value = "pool", retry = @OffloadRetry(maxAttempts = 4, delay = "${pause}", jitter = 0,
				excludes = IllegalStateException.class))
		public void retried() {
		}

		@OffloadTo(value = "pool", retry = @OffloadRetry(maxAttempts = 1, maxCrashes = 1, quarantine = "10m"))
		public Stream<String> quarantined() {
			return Stream.empty();
		}

		@OffloadTo(value = "pool", retry = @OffloadRetry(delay = "2h"))
		public void retriedLater() {
		}

	}

	public static class Overloads {

		@OffloadTo(value = "pool", maxConcurrent = 1)
		public void run(Map.Entry<String, String> entry) {
		}

		@OffloadTo(value = "pool", maxConcurrent = 1)
		public void run(Entry entry) {
		}

	}

	record Entry() {

	}

	@OffloadTo(value = "pool", mode = OffloadTo.Mode.SUBMIT)
	@Retention(RetentionPolicy.RUNTIME)
	@interface Own {

		@AliasFor(annotation = OffloadTo.class)
		String key();

		@AliasFor(annotation = OffloadTo.class)
		int maxConcurrent();

		@AliasFor(annotation = OffloadTo.class)
		OffloadRetry retry();

	}

	public static class OfOwn {

		@Own(key = "#text", maxConcurrent = 2, retry = @OffloadRetry(maxCrashes = 2))
		public void render(String text) {
		}

	}

	public static final class Wrong {

		public static class NoParameter {

			@OffloadTo(fairKey = "#tenent")
			public void run(Invoice invoice, String tenant) {
			}

		}

		public static class PlainLabel {

			@OffloadTo(label = "Invoice")
			public void run(Invoice invoice) {
			}

		}

		public static class NoPair {

			@OffloadTo(metadata = "tenant")
			public void run(String tenant) {
			}

		}

		public static class SameName {

			@OffloadTo(metadata = { "tenant=#tenant", "tenant=#p0" })
			public void run(String tenant) {
			}

		}

		public static class NoMetadata {

			@OffloadTo(metadata = "tenant=#tenent")
			public void run(String tenant) {
			}

		}

		public static class NoSharp {

			@OffloadTo(key = "invoice.number")
			public void run(Invoice invoice) {
			}

		}

		public static class NoExpression {

			@OffloadTo(key = "#invoice.")
			public void run(Invoice invoice) {
			}

		}

		public static class Submitted {

			@OffloadTo(mode = OffloadTo.Mode.SUBMIT)
			public String run() {
				return "";
			}

		}

		public static class Negative {

			@OffloadTo(maxConcurrent = -1)
			public void run() {
			}

		}

		public static class NoNumber {

			@OffloadTo(maxConcurrentString = "few")
			public void run() {
			}

		}

		public static class Twice {

			@OffloadTo(maxConcurrent = 1, maxConcurrentString = "2")
			public void run() {
			}

		}

		public static class Bean {

			@OffloadTo(key = "@tenants.of(#invoice)")
			public void run(Invoice invoice) {
			}

		}

		public static class Function {

			@OffloadTo(key = "#invoice.number + #now()")
			public void run(Invoice invoice) {
			}

		}

		public static class This {

			@OffloadTo(key = "#this.toString()")
			public void run(Invoice invoice) {
			}

		}

		public static class Root {

			@OffloadTo(key = "#root")
			public void run(Invoice invoice) {
			}

		}

		public static class Fraction {

			@OffloadTo(priority = "-1.5")
			public void run(Invoice invoice) {
			}

		}

		public static class Word {

			@OffloadTo(priority = "'high'")
			public void run(Invoice invoice) {
			}

		}

		public static class CallerRuns {

			@OffloadTo(whenBusy = OverloadPolicy.CALLER_RUNS)
			public void run() {
			}

		}

		public static class Attempts {

			@OffloadTo(retry = @OffloadRetry(maxAttempts = -1))
			public void run() {
			}

		}

		public static class Streamed {

			@OffloadTo(mode = OffloadTo.Mode.SUBMIT)
			public Stream<String> run() {
				return Stream.empty();
			}

		}

		public static class StreamRetried {

			@OffloadTo(retry = @OffloadRetry(maxCrashes = 2))
			public Stream<String> run() {
				return Stream.empty();
			}

		}

		public static class FluxRetried {

			@OffloadTo(retry = @OffloadRetry(delay = "2s"))
			public Flux<String> run() {
				return Flux.empty();
			}

		}

		public static class Pause {

			@OffloadTo(retry = @OffloadRetry(delay = "later"))
			public void run() {
			}

		}

	}

}
