# Headers that nearly every file reads, read once: half of a file's compile time is reading headers. What a file names it
# still includes itself: the preset no-unity builds without these. <QFile> stays out: it brings std::quoted along, which
# then hides functions of that name.

set(precompiled_headers <algorithm> <array> <atomic> <charconv> <chrono> <condition_variable> <cstdint> <functional> <map> <memory> <mutex>
    <optional> <set> <span> <stop_token> <string> <string_view> <thread> <variant> <vector>
    <QCoreApplication> <QJsonArray> <QJsonDocument> <QJsonObject> <QObject> <QString> <QStringList> <QtPlugin>)

file(GENERATE OUTPUT "${CMAKE_BINARY_DIR}/precompiled.cpp" CONTENT "// Only its headers count.\n")

# ondo_precompile(NAME library…): a set of its own for targets that link these libraries.
function(ondo_precompile name)
    add_library(${name} OBJECT "${CMAKE_BINARY_DIR}/precompiled.cpp")
    set_target_properties(${name} PROPERTIES AUTOMOC OFF AUTORCC OFF UNITY_BUILD OFF)
    target_link_libraries(${name} PRIVATE ondo_flags ${ARGN})
    if(NOT CMAKE_CURRENT_SOURCE_DIR MATCHES "/tests$")
        target_compile_options(${name} PRIVATE $<$<CONFIG:Release>:-O2>)   # g++ 12 fails on -O3 after headers read at -O1
    endif()
    target_precompile_headers(${name} PRIVATE ${precompiled_headers})
endfunction()
ondo_precompile(precompiled_core Qt6::Core)
ondo_precompile(precompiled_widgets Qt6::Widgets)
target_precompile_headers(precompiled_widgets PRIVATE <QAction> <QApplication> <QEvent> <QHBoxLayout> <QLabel> <QLineEdit> <QMenu> <QPainter>
    <QPointer> <QTimer> <QToolButton> <QVBoxLayout> <QWidget>)

# The set that suits a target of this folder.
function(ondo_precompiled target)
    if(CMAKE_CURRENT_SOURCE_DIR MATCHES "/widgets/|/app/desktop$")
        target_precompile_headers(${target} REUSE_FROM precompiled_widgets)
    else()
        target_precompile_headers(${target} REUSE_FROM precompiled_core)
    endif()
endfunction()

# What moc makes of a class is included by the class's own .cpp (#include "moc_name.cpp"), and compiled with it: what is
# left over is an empty file, which then needs no headers read to it.
function(ondo_moc_alone target)
    set_source_files_properties("${CMAKE_CURRENT_BINARY_DIR}/${target}_autogen/mocs_compilation.cpp" PROPERTIES SKIP_PRECOMPILE_HEADERS ON)
endfunction()
