package dev.offload.spring.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.core.annotation.AliasFor;

/**
 * A test of a whole application and what it submits to executors: a
 * {@code @SpringBootTest} with {@link AutoConfigureOffload}.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@SpringBootTest
@AutoConfigureOffload
public @interface OffloadTest {

	/**
	 * Where the tasks of the test run.
	 * @return the mode
	 */
	@AliasFor(annotation = AutoConfigureOffload.class)
	OffloadMode mode() default OffloadMode.INLINE;

	/**
	 * The classes of the application.
	 * @return the classes; if none, they are looked for as {@code @SpringBootTest} does
	 */
	@AliasFor(annotation = SpringBootTest.class)
	Class<?>[] classes() default {};

	/**
	 * Properties of the test, as {@code name=value}.
	 * @return the properties
	 */
	@AliasFor(annotation = SpringBootTest.class)
	String[] properties() default {};

	/**
	 * The web environment of the test.
	 * @return the web environment
	 */
	@AliasFor(annotation = SpringBootTest.class)
	SpringBootTest.WebEnvironment webEnvironment() default SpringBootTest.WebEnvironment.MOCK;

}
