package dev.offload.spring.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.boot.autoconfigure.ImportAutoConfiguration;

/**
 * Gives a test the executors of its application and an {@link OffloadRecorder}. For
 * {@code @SpringBootTest}, and for slices such as {@code @WebMvcTest}, which have no
 * executors by themselves.
 * <p>
 * Tests with one mode share a context, as far as everything else allows.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@ImportAutoConfiguration
public @interface AutoConfigureOffload {

	/**
	 * Where the tasks of the test run.
	 * @return the mode
	 */
	OffloadMode mode() default OffloadMode.INLINE;

}
