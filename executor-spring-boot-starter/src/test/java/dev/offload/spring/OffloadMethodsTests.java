package dev.offload.spring;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.springframework.core.annotation.AliasFor;
import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link OffloadMethods}.
 */
class OffloadMethodsTests {

	private final OffloadMethods methods = new OffloadMethods(new MockEnvironment().withProperty("limit", "7s")
		.withProperty("rank", " -4 ")
		.withProperty("pool", "image")::resolveRequiredPlaceholders);

	@Test
	void ofWhenThereAreNoAnnotationsIsEmpty() {
		assertThat(this.methods.of(String.class)).isEmpty();
		assertThat(this.methods.of(OffloadMethodsTests.class)).isEmpty();
	}

	@Test
	void ofWhenMethodsAreAnnotatedHasTheirAttributes() {
		OffloadMethod render = find(OnMethods.class, "render");
		assertThat(render.executor()).isEqualTo("pdf");
		assertThat(render.options().timeout()).isEqualTo(Duration.ofSeconds(30));
		assertThat(render.options().queueTimeout()).isNull();
		assertThat(render.declaredOnMethod()).isTrue();
		assertThat(find(OnMethods.class, "bare").executor()).isEqualTo("default");
		assertThat(find(OnMethods.class, "named").executor()).isEqualTo("pdf");
	}

	@Test
	void ofResolvesPlaceholders() {
		OffloadMethod method = find(OnMethods.class, "placeholders");
		assertThat(method.executor()).isEqualTo("image");
		assertThat(method.options().timeout()).isEqualTo(Duration.ofSeconds(7));
		assertThat(method.options().queueTimeout()).isEqualTo(Duration.ofSeconds(2));
		assertThat(method.options().priority()).isEqualTo(-4);
	}

	@Test
	void ofWhenADurationIsWrongNamesMethodAndValue() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.methods.of(WrongDuration.class))
			.withMessageContainingAll("WrongDuration.render", "timeout", "soon");
		assertThatIllegalArgumentException().isThrownBy(() -> this.methods.of(NegativeDuration.class))
			.withMessageContainingAll("queueTimeout", "-1s");
	}

	@Test
	void ofWhenTheClassIsAnnotatedHasItsPublicMethods() {
		assertThat(names(OnType.class)).containsExactlyInAnyOrder("one", "two");
		assertThat(find(OnType.class, "one").executor()).isEqualTo("pdf");
		assertThat(find(OnType.class, "one").declaredOnMethod()).isFalse();
		assertThat(find(OnType.class, "two").executor()).isEqualTo("image");
	}

	@Test
	void ofWhenASuperclassIsAnnotatedHasInheritedAndOverriddenMethods() {
		assertThat(names(Overriding.class)).containsExactlyInAnyOrder("one", "two", "three");
	}

	@Test
	void ofWhenAnInterfaceIsAnnotatedHasTheMethodsOfThatInterfaceOnly() {
		assertThat(names(OfInterface.class)).containsExactlyInAnyOrder("render", "preset");
	}

	@Test
	void ofWhenAnInterfaceMethodIsAnnotatedHasTheMethodOfTheClass() {
		OffloadMethod render = find(OfAnnotatedMethod.class, "render");
		assertThat(render.method().getDeclaringClass()).isEqualTo(OfAnnotatedMethod.class);
	}

	@Test
	void ofWhenAMethodIsGenericHasTheMethodAndNotItsBridge() {
		Map<Method, OffloadMethod> found = this.methods.of(OfGeneric.class);
		assertThat(found.keySet()).singleElement()
			.satisfies((method) -> assertThat(method.isBridge()).isFalse())
			.satisfies((method) -> assertThat(method.getParameterTypes()).containsExactly(String.class));
	}

	@Test
	void ofWhenAnAnnotationIsMetaAnnotatedHasTheMethod() {
		assertThat(find(OnMethods.class, "meta").executor()).isEqualTo("pdf");
		assertThat(find(OnMethods.class, "meta").options().timeout()).isEqualTo(Duration.ofSeconds(9));
	}

	@Test
	void ofWhenAnAnnotationIsMetaAnnotatedPassesEachAttributeOn() {
		for (Class<?> type : List.of(OwnOnMethod.class, OwnOnType.class, OwnOnInterface.class)) {
			OffloadMethod method = find(type, "render");
			assertThat(method.executor()).as(type.getName()).isEqualTo("image");
			assertThat(method.options().timeout()).isEqualTo(Duration.ofSeconds(1));
			assertThat(method.options().queueTimeout()).isEqualTo(Duration.ofSeconds(2));
			assertThat(method.options().priority()).isEqualTo(3);
			assertThat(method.fallback()).isNotNull()
				.satisfies((fallback) -> assertThat(fallback.name()).isEqualTo("instead"));
		}
	}

	@Test
	void ofWhenAPriorityIsWrongNamesMethodAndValue() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.methods.of(WrongPriority.class))
			.withMessageContainingAll("WrongPriority.render", "priority", "high");
	}

	@Test
	void ofWhenTheFallbackOfAClassIsOneOfItsMethodsHasNoneForThat() {
		assertThat(find(OwnOnType.class, "instead").fallback()).isNull();
		assertThat(find(OnMethods.class, "render").fallback()).isNull();
	}

	@Test
	void ofWhenMethodsAreOverloadedHasTheAnnotatedOne() {
		assertThat(this.methods.of(Overloaded.class).keySet()).singleElement()
			.satisfies((method) -> assertThat(method.getParameterTypes()).containsExactly(int.class));
	}

	@Test
	void ofWhenAMethodIsAnnotatedWhateverItsModifiersHasIt() {
		assertThat(names(Unusual.class)).containsExactlyInAnyOrder("hidden", "fixed", "shared");
	}

	private Collection<String> names(Class<?> type) {
		return this.methods.of(type).keySet().stream().map(Method::getName).toList();
	}

	private OffloadMethod find(Class<?> type, String name) {
		return this.methods.of(type)
			.values()
			.stream()
			.filter((method) -> method.method().getName().equals(name))
			.findFirst()
			.orElseThrow();
	}

	public static class OnMethods {

		@OffloadTo(value = "pdf", timeout = "30s")
		public void render() {
		}

		@OffloadTo
		public void bare() {
		}

		@OffloadTo(executor = "pdf")
		public void named() {
		}

		@OffloadTo(value = "${pool}", timeout = "${limit}", queueTimeout = "${missing:PT2S}", priority = "${rank}")
		public void placeholders() {
		}

		@Heavy
		public void meta() {
		}

		public void other() {
		}

	}

	@OffloadTo(value = "pdf", timeout = "9s")
	@Retention(RetentionPolicy.RUNTIME)
	@interface Heavy {

	}

	@OffloadTo
	@Retention(RetentionPolicy.RUNTIME)
	@interface Own {

		@AliasFor(annotation = OffloadTo.class, attribute = "executor")
		String pool();

		@AliasFor(annotation = OffloadTo.class, attribute = "timeout")
		String limit();

		@AliasFor(annotation = OffloadTo.class)
		String queueTimeout();

		@AliasFor(annotation = OffloadTo.class)
		String priority();

		@AliasFor(annotation = OffloadTo.class, attribute = "fallback")
		String otherwise();

	}

	public static class OwnOnMethod {

		@Own(pool = "image", limit = "1s", queueTimeout = "2s", priority = "3", otherwise = "instead")
		public void render() {
		}

		public void instead() {
		}

	}

	@Own(pool = "image", limit = "1s", queueTimeout = "2s", priority = "3", otherwise = "instead")
	public static class OwnOnType {

		public void render() {
		}

		public void instead() {
		}

	}

	@Own(pool = "image", limit = "1s", queueTimeout = "2s", priority = "3", otherwise = "instead")
	interface OwnInterface {

		void render();

		default void instead() {
		}

	}

	public static class OwnOnInterface implements OwnInterface {

		@Override
		public void render() {
		}

	}

	public static class WrongPriority {

		@OffloadTo(priority = "high")
		public void render() {
		}

	}

	public static class WrongDuration {

		@OffloadTo(timeout = "soon")
		public void render() {
		}

	}

	public static class NegativeDuration {

		@OffloadTo(queueTimeout = "-1s")
		public void render() {
		}

	}

	@OffloadTo("pdf")
	public static class OnType {

		public void one() {
		}

		@OffloadTo("image")
		public void two() {
		}

		protected void inner() {
		}

		public static void shared() {
		}

	}

	public static class Overriding extends OnType {

		@Override
		public void one() {
		}

		public void three() {
		}

	}

	@OffloadTo("pdf")
	interface Renderer<T> {

		T render(T input);

		default void preset() {
		}

	}

	interface TextRenderer extends Renderer<String> {

		void notOfTheAnnotatedOne();

	}

	public static class OfInterface implements TextRenderer, Runnable {

		@Override
		public String render(String input) {
			return input;
		}

		@Override
		public void notOfTheAnnotatedOne() {
		}

		@Override
		public void run() {
		}

	}

	interface AnnotatedMethod<T> {

		@OffloadTo("pdf")
		T render(T input);

	}

	public static class OfAnnotatedMethod implements AnnotatedMethod<String> {

		@Override
		public String render(String input) {
			return input;
		}

	}

	public abstract static class Generic<T> {

		@OffloadTo("pdf")
		public abstract T render(T input);

	}

	public static class OfGeneric extends Generic<String> {

		@Override
		public String render(String input) {
			return input;
		}

	}

	public static class Overloaded {

		@OffloadTo("pdf")
		public void render(int page) {
		}

		public void render(long page) {
		}

	}

	public static class Unusual {

		@OffloadTo("pdf")
		// Found by its annotation.
		@SuppressWarnings("UnusedMethod")
		private void hidden() {
		}

		@OffloadTo("pdf")
		public final void fixed() {
		}

		@OffloadTo("pdf")
		public static void shared() {
		}

	}

}
