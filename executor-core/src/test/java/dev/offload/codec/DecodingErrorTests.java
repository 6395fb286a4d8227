package dev.offload.codec;

import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.Serial;
import java.io.Serializable;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeMap;

import javax.management.BadAttributeValueExpException;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.offload.Invocation;
import dev.offload.PayloadException;
import dev.offload.PayloadException.Direction;
import dev.offload.Task;
import dev.offload.codec.Invoices.Invoice;
import dev.offload.codec.Invoices.Line;
import dev.offload.spi.Payload;
import dev.offload.spi.PayloadLimits;
import dev.offload.spi.PayloadScope;
import dev.offload.stranger.Gadget;
import dev.offload.stranger.LibraryBase;
import dev.offload.stranger.LibraryEvent;
import dev.offload.stranger.LibraryException;
import dev.offload.stranger.Touched;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Tests for {@link TaskCodec}: what is not admitted is never made, in either direction.
 */
class DecodingErrorTests {

	private static final String GADGET = "dev.offload.stranger.Gadget";

	private final TaskCodec codec = Codecs.codec();

	@BeforeEach
	void forget() {
		Touched.forget();
	}

	@Test
	void resultWhenOfAForeignClassIsRefusedAndNamesTheProperty() {
		PayloadException ex = refusedResult(new LibraryEvent());
		assertThat(ex).hasMessage("The result from a worker of executor 'pdf' cannot be read: class "
				+ "dev.offload.stranger.LibraryEvent is not admitted from a worker; if its objects are safe to read, "
				+ "add it to offload.executors.pdf.allowed-types");
		assertThat(ex.type()).isEqualTo("dev.offload.stranger.LibraryEvent");
		assertThat(ex.direction()).isEqualTo(Direction.FROM_WORKER);
	}

	@Test
	void argumentWhenOfAForeignClassIsRefusedInTheWorker() {
		PayloadException ex = refusedArgument(new ArrayList<>(List.of(new LibraryEvent())));
		assertThat(ex).hasMessageStartingWith("The call of Invoices.anything cannot be read in a worker of executor "
				+ "'pdf': class dev.offload.stranger.LibraryEvent is not admitted to a worker");
		assertThat(ex.direction()).isEqualTo(Direction.TO_WORKER);
	}

	@Test
	void taskWhenItCapturesAForeignObjectIsRefused() {
		LibraryEvent event = new LibraryEvent();
		PayloadException ex = refusedTask(() -> event.toString(), Codecs.worker());
		assertThat(ex.type()).isEqualTo("dev.offload.stranger.LibraryEvent");
	}

	@Test
	void gadgetWhenRefusedIsNeitherInitializedNorRead() throws Exception {
		Payload payload = gadgetOfAnotherLoader();
		try (URLClassLoader loader = fresh()) {
			PayloadScope scope = new PayloadScope(loader, Codecs.TYPES, Codecs.LIMITS);
			Touched.forget();
			PayloadException ex = catchThrowableOfType(PayloadException.class,
					() -> this.codec.decodeResult(payload, scope));
			assertThat(ex.type()).isEqualTo(GADGET);
			assertThat(Touched.was("initialized")).isFalse();
			assertThat(Touched.was("read")).isFalse();
		}
	}

	@Test
	void gadgetWhenAdmittedByNameIsReadByTheLoaderOfTheScope() throws Exception {
		Payload payload = gadgetOfAnotherLoader();
		try (URLClassLoader loader = fresh()) {
			AllowedTypes types = AllowedTypes.of(List.of(), List.of(GADGET));
			Touched.forget();
			Object gadget = this.codec.decodeResult(payload, new PayloadScope(loader, types, Codecs.LIMITS));
			assertThat(gadget.getClass().getClassLoader()).isSameAs(loader);
			assertThat(Touched.was("initialized")).isTrue();
			assertThat(Touched.was("read")).isTrue();
		}
	}

	@Test
	void gadgetWhenInAMapAnArrayAnExceptionOrALineIsRefused() {
		List<Object> carriers = List.of(new HashMap<>(Map.of("a", new Gadget())), new Gadget[0],
				new Object[][] { { new Gadget() } }, new Line(null, new Gadget()), Gadget.class,
				new LibraryException("a", new Gadget()));
		for (Object carrier : carriers) {
			Touched.forget();
			assertThat(refusedResult(carrier).type()).isEqualTo(GADGET);
			assertThat(Touched.was("read")).isFalse();
		}
	}

	@Test
	void refusalWhenSwallowedByReadObjectStillRefuses() {
		assertThat(refusedResult(new Swallowing(new Gadget())).type()).isEqualTo(GADGET);
		assertThat(Touched.was("read")).isFalse();
	}

	@Test
	void lambdaWhenFromAWorkerIsRefused() {
		Task<String> task = () -> "a";
		PayloadException ex = refusedResult(new ArrayList<>(List.of(task)));
		assertThat(ex.type()).isEqualTo("java.lang.invoke.SerializedLambda");
		assertThat(ex).hasMessageContaining("those are not admitted from a worker; send data instead");
	}

	@Test
	void lambdaWhenTheComparatorOfAMapFromAWorkerIsRefused() {
		TreeMap<String, Integer> map = new TreeMap<>((Comparator<String> & Serializable) (a, b) -> a.compareTo(b));
		assertThat(refusedResult(map).type()).isEqualTo("java.lang.invoke.SerializedLambda");
	}

	@Test
	void comparatorWhenOfAForeignClassIsRefused() {
		PriorityQueue<String> queue = new PriorityQueue<>(new ForeignComparator());
		queue.add("a");
		PayloadScope scope = Codecs.scope(AllowedTypes.of(List.of(), List.of()));
		PayloadException ex = catchThrowableOfType(PayloadException.class,
				() -> this.codec.decodeResult(this.codec.encodeResult(queue), scope));
		assertThat(ex.type()).isEqualTo(ForeignComparator.class.getName());
	}

	@Test
	void lambdaWhenItsClassIsNotAdmittedIsRefusedInTheWorker() {
		Task<String> task = () -> "a";
		PayloadScope scope = Codecs.scope(AllowedTypes.of(List.of(), List.of()).withLambdas());
		assertThat(refusedTask(task, scope).type()).isEqualTo(DecodingErrorTests.class.getName());
	}

	@Test
	void proxyWhenSentIsRefusedInBothDirections() {
		Object proxy = Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] { Comparable.class },
				(InvocationHandler & Serializable) (self, method, arguments) -> 0);
		for (PayloadException ex : List.of(refusedResult(proxy), refusedArgument(proxy))) {
			assertThat(ex).hasMessageContaining("dynamic proxy (java.lang.reflect.Proxy of java.lang.Comparable)")
				.hasMessageContaining("never admitted");
		}
	}

	@Test
	void exceptionWhenAKnownCarrierIsRefused() {
		PayloadException ex = refusedResult(new BadAttributeValueExpException("a"));
		assertThat(ex.type()).isEqualTo("javax.management.BadAttributeValueExpException");
	}

	@Test
	void urlWhenNotAllowedByNameIsRefused() throws Exception {
		URL url = URI.create("http://localhost/").toURL();
		assertThat(refusedResult(url).type()).isEqualTo("java.net.URL");
		PayloadScope scope = Codecs.scope(AllowedTypes.of(List.of(), List.of("java.net.URL")));
		assertThat(this.codec.decodeResult(this.codec.encodeResult(url), scope)).hasToString("http://localhost/");
	}

	@Test
	void applicationClassWhenItExtendsAnAbstractOneOfALibraryIsAdmitted() {
		Document document = new Document("d-1");
		Document arrived = (Document) this.codec.decodeResult(this.codec.encodeResult(document), Codecs.service());
		assertThat(arrived.id()).isEqualTo("d-1");
	}

	@Test
	void classWhenNotThereIsNamed() {
		Payload payload = this.codec.encodeResult(new Invoice());
		PayloadScope scope = new PayloadScope(ClassLoader.getPlatformClassLoader(), Codecs.TYPES, Codecs.LIMITS);
		PayloadException ex = catchThrowableOfType(PayloadException.class,
				() -> this.codec.decodeResult(payload, scope));
		assertThat(ex)
			.hasMessageEndingWith("class dev.offload.codec.Invoices$Invoice is not on the class path of the service");
		assertThat(ex.type()).isEqualTo(Invoice.class.getName());
	}

	@Test
	void resultWhenItsReadObjectThrowsHasTheCause() {
		Payload payload = this.codec.encodeResult(new Failing());
		PayloadException ex = catchThrowableOfType(PayloadException.class,
				() -> this.codec.decodeResult(payload, Codecs.service()));
		assertThat(ex).hasMessageEndingWith("java.lang.IllegalStateException: not today was thrown while it was read")
			.hasCauseInstanceOf(IllegalStateException.class);
	}

	@Test
	void resultWhenTooDeepNamesTheDepth() {
		Invoice invoice = new Invoice();
		for (int i = 0; i < 20; i++) {
			Invoice next = new Invoice();
			next.previous = invoice;
			invoice = next;
		}
		PayloadException ex = refusedUnder(new PayloadLimits(100_000, 10, 1000), invoice);
		assertThat(ex).hasMessageEndingWith("its objects are nested deeper than 10; send a flatter or smaller object");
	}

	@Test
	void resultWhenOfTooManyObjectsNamesTheNumber() {
		PayloadException ex = refusedUnder(new PayloadLimits(100_000, 100, 50), new ArrayList<>(manyTexts()));
		assertThat(ex).hasMessageContaining("it holds more than 50 objects");
	}

	@Test
	void resultWhenOverTheBytesNamesThePropertyBeforeReadingAnything() {
		PayloadException ex = refusedUnder(new PayloadLimits(100, 100, 50), "a".repeat(200));
		assertThat(ex)
			.hasMessageContaining("over the limit of 100 bytes; raise " + "offload.executors.pdf.max-payload-bytes");
	}

	@Test
	void taskWhenItIsNoTaskIsRefused() {
		Payload result = this.codec.encodeResult(new ArrayList<>(List.of("a")));
		TaskRequest.OfTask request = new TaskRequest.OfTask("com.acme.Owner", result, 1);
		PayloadException ex = catchThrowableOfType(PayloadException.class,
				() -> this.codec.decodeTask(request, Codecs.worker()));
		assertThat(ex).hasMessageContaining("it is not a task");
	}

	private static List<Object> manyTexts() {
		List<Object> texts = new ArrayList<>();
		for (int i = 0; i < 100; i++) {
			texts.add("text " + i);
		}
		return texts;
	}

	private PayloadException refusedUnder(PayloadLimits limits, Object value) {
		Payload payload = this.codec.encodeResult(value);
		return catchThrowableOfType(PayloadException.class,
				() -> this.codec.decodeResult(payload, Codecs.scope(Codecs.TYPES, limits)));
	}

	private PayloadException refusedResult(Object value) {
		Payload payload = this.codec.encodeResult(value);
		return catchThrowableOfType(PayloadException.class, () -> this.codec.decodeResult(payload, Codecs.service()));
	}

	private PayloadException refusedTask(Task<?> task, PayloadScope scope) {
		TaskRequest request = this.codec.readRequest(this.codec.encodeTask(task));
		return catchThrowableOfType(PayloadException.class,
				() -> this.codec.decodeTask((TaskRequest.OfTask) request, scope));
	}

	private PayloadException refusedArgument(Object value) {
		Invocation invocation = Invocation.ofStatic(Codecs.method(Invoices.class, "anything"), value, null);
		TaskRequest request = this.codec.readRequest(this.codec.encodeInvocation(invocation));
		return catchThrowableOfType(PayloadException.class,
				() -> this.codec.decodeArguments((TaskRequest.OfInvocation) request, Codecs.worker()));
	}

	private Payload gadgetOfAnotherLoader() throws Exception {
		try (URLClassLoader loader = fresh()) {
			return this.codec.encodeResult(Class.forName(GADGET, true, loader).getDeclaredConstructor().newInstance());
		}
	}

	/**
	 * A loader in which the gadget is not initialized yet.
	 * @return the loader
	 */
	private static URLClassLoader fresh() {
		URL classes = Gadget.class.getProtectionDomain().getCodeSource().getLocation();
		return new URLClassLoader(new URL[] { classes }, ClassLoader.getPlatformClassLoader());
	}

	private static final class Document extends LibraryBase {

		@Serial
		private static final long serialVersionUID = 1L;

		private Document(String id) {
			super(id);
		}

	}

	private static final class Swallowing implements Serializable {

		@Serial
		private static final long serialVersionUID = 1L;

		@SuppressWarnings("unused")
		private final Object inner;

		private Swallowing(Object inner) {
			this.inner = inner;
		}

		@Serial
		private void readObject(ObjectInputStream in) {
			try {
				in.defaultReadObject();
			}
			catch (IOException | ClassNotFoundException ex) {
				throw new IllegalStateException("lost");
			}
		}

	}

	private static final class Failing implements Serializable {

		@Serial
		private static final long serialVersionUID = 1L;

		@Serial
		private void readObject(ObjectInputStream in) {
			throw new IllegalStateException("not today");
		}

	}

	private static final class ForeignComparator implements Comparator<String>, Serializable {

		@Serial
		private static final long serialVersionUID = 1L;

		@Override
		public int compare(String first, String second) {
			return first.compareTo(second);
		}

	}

}
