# The three verbs that folders are declared with: ondo_library, ondo_connector, ondo_test.
# Each takes all .cpp files of its own folder, so that a new file needs no line here or there.

function(_ondo_objects name root)
    file(GLOB sources CONFIGURE_DEPENDS *.cpp *.h *.qrc)
    add_library(${name} OBJECT ${sources})
    target_include_directories(${name} PUBLIC ${root})
    target_link_libraries(${name} PUBLIC ondo_flags ${ARGN})
    ondo_precompiled(${name})
    ondo_moc_alone(${name})
endfunction()

# ondo_library(NAME [HOT] DEPENDS target…): this folder as an OBJECT library. Its include root is the parent folder,
# so that includes read "table/chunk.h". HOT: each value of a result passes through it, so it is optimised fully.
function(ondo_library name)
    cmake_parse_arguments(arg "HOT" "" "DEPENDS" ${ARGN})
    get_filename_component(root "${CMAKE_CURRENT_SOURCE_DIR}" DIRECTORY)
    _ondo_objects(${name} "${root}" ${arg_DEPENDS})
    if(arg_HOT)
        target_compile_options(${name} PRIVATE $<$<CONFIG:Release>:-O3>)
    endif()
    set_property(GLOBAL APPEND PROPERTY ONDO_TARGETS ${name})
endfunction()

# ondo_connector(ID DEPENDS target…): this folder and its sandbox/ as the plugin ID. Objects are also kept as
# connector_ID and sandbox_ID for unit tests; the plugin itself is a thin MODULE. EXAMPLE: it stays in the build folder
# under tests/connectors, where no program looks for it.
function(ondo_connector id)
    cmake_parse_arguments(arg "EXAMPLE" "" "DEPENDS" ${ARGN})
    file(GLOB sources CONFIGURE_DEPENDS *.cpp *.h *.qrc)
    file(GLOB sandbox CONFIGURE_DEPENDS sandbox/*.cpp sandbox/*.h)
    add_library(connector_${id} OBJECT ${sources})
    target_compile_options(connector_${id} PRIVATE $<$<CONFIG:Release>:-O3>)   # reads results; sandbox/ does not
    # plugin.cpp holds the manifest (Q_PLUGIN_METADATA). The generator does not know that its .moc changes with the
    # manifest, and within a unity file nobody would look.
    set_source_files_properties(plugin.cpp PROPERTIES
        SKIP_UNITY_BUILD_INCLUSION ON OBJECT_DEPENDS "${CMAKE_CURRENT_SOURCE_DIR}/connector.json")
    set(parts connector_${id})
    if(sandbox)
        add_library(sandbox_${id} OBJECT ${sandbox})
        set_target_properties(sandbox_${id} PROPERTIES AUTOMOC OFF AUTORCC OFF)
        list(APPEND parts sandbox_${id})
    endif()

    add_library(plugin_${id} MODULE)
    set_target_properties(plugin_${id} PROPERTIES AUTOMOC OFF AUTORCC OFF LINKER_LANGUAGE CXX)   # nothing of its own
    foreach(part IN LISTS parts)
        # The SDK first: its "sandbox/service.h" must not be hidden by the connector's own.
        target_include_directories(${part} PRIVATE "${CMAKE_SOURCE_DIR}/connectors/sdk" PUBLIC "${CMAKE_CURRENT_SOURCE_DIR}")
        target_link_libraries(${part} PUBLIC ondo_flags sdk_interface ${arg_DEPENDS})
        ondo_precompiled(${part})
        ondo_moc_alone(${part})
        target_link_libraries(plugin_${id} PRIVATE ${part})
    endforeach()
    target_link_libraries(plugin_${id} PRIVATE ondograph-sdk)
    set_target_properties(plugin_${id} PROPERTIES OUTPUT_NAME ${id} PREFIX "")
    if(arg_EXAMPLE)
        set_target_properties(plugin_${id} PROPERTIES LIBRARY_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/tests/connectors")
        return()
    endif()
    set_target_properties(plugin_${id} PROPERTIES LIBRARY_OUTPUT_DIRECTORY "${ONDO_CONNECTOR_DIR}")
    install(TARGETS plugin_${id} LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR}/ondograph/connectors)
    set_property(GLOBAL APPEND PROPERTY ONDO_TARGETS ${parts})
    set_property(GLOBAL APPEND PROPERTY ONDO_PLUGINS plugin_${id})
endfunction()

# ondo_test(NAME DEPENDS target… [LABELS label…] [TIMEOUT seconds]): one executable of all tst_*.cpp of this folder;
# each class named by ONDO_TEST(Class) is a ctest entry of its own, run offscreen in a fixed locale and zone. The label
# "gui" is for folders that make widgets.
function(ondo_test name)
    cmake_parse_arguments(arg "" "TIMEOUT" "DEPENDS;LABELS" ${ARGN})
    if(NOT arg_TIMEOUT)
        set(arg_TIMEOUT 60)
    endif()
    if(ONDO_SANITIZE)
        math(EXPR arg_TIMEOUT "${arg_TIMEOUT} * 5") # what a sanitizer costs, at most
    endif()
    file(GLOB sources CONFIGURE_DEPENDS *.cpp *.h)
    add_executable(test_${name} ${sources})
    set_target_properties(test_${name} PROPERTIES AUTOMOC OFF AUTORCC OFF)   # a second for each of thirty programs
    target_include_directories(test_${name} PRIVATE "${CMAKE_CURRENT_BINARY_DIR}")
    target_link_libraries(test_${name} PRIVATE ondo_flags test_support ${arg_DEPENDS})
    set_target_properties(test_${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/tests" POSITION_INDEPENDENT_CODE OFF)
    target_compile_options(test_${name} PRIVATE -fPIC)   # as libraries are: precompiled headers suit one kind alone
    target_precompile_headers(test_${name} REUSE_FROM precompiled_tests)
    foreach(source IN LISTS sources)
        file(STRINGS "${source}" lines REGEX "^ONDO_TEST\\(")
        if(lines)
            get_filename_component(unit "${source}" NAME_WE)
            add_custom_command(OUTPUT ${unit}.moc COMMAND Qt6::moc "${source}" -o ${unit}.moc DEPENDS "${source}" VERBATIM)
            target_sources(test_${name} PRIVATE "${CMAKE_CURRENT_BINARY_DIR}/${unit}.moc")
        endif()
        foreach(line IN LISTS lines)
            string(REGEX REPLACE "^ONDO_TEST\\(([A-Za-z0-9_:]+)\\).*" "\\1" class "${line}")
            add_test(NAME ${name}.${class} COMMAND test_${name} ${class})
            set_tests_properties(${name}.${class} PROPERTIES
                TIMEOUT ${arg_TIMEOUT} LABELS "${arg_LABELS}"
                ENVIRONMENT "QT_QPA_PLATFORM=offscreen;LC_ALL=C.UTF-8;LANGUAGE=;TZ=UTC;QT_LOGGING_RULES=*.debug=false")
        endforeach()
    endforeach()
endfunction()
